import { Turns } from './turns';

test('so many run at once, so many wait, and one more is turned away', async () => {
  const turns = new Turns(2, 1);
  const ends: (() => void)[] = [];
  const task = (): Promise<string> =>
    new Promise((resolve) => void ends.push(() => resolve('done')));
  const all = [turns.run(task), turns.run(task), turns.run(task)];
  expect(await turns.run(task)).toBe('busy');
  expect(ends).toHaveLength(2);
  ends[0]?.();
  await all[0];
  expect(ends).toHaveLength(3);
  ends[1]?.();
  ends[2]?.();
  expect(await Promise.all(all)).toEqual(['done', 'done', 'done']);
});

test('one that throws gives its place to the next', async () => {
  const turns = new Turns(1, 1);
  const failing = turns.run(() => Promise.reject(new Error('no')));
  const next = turns.run(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
  expect(await turns.run(() => Promise.resolve('again'))).toBe('again');
});
