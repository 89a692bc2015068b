import { Running } from './running';

function part(name: string, ended: string[]): { end(): Promise<void> } {
  return {
    async end() {
      ended.push(name);
    },
  };
}

test('what a run has started is ended with it, the last first', async () => {
  const ended: string[] = [];
  const result = await Running.during(async (running) => {
    running.add(part('store', ended));
    running.add(part('server', ended));
    return 'done';
  });
  expect(result).toBe('done');
  expect(ended).toEqual(['server', 'store']);
});

test('and also when it fails', async () => {
  const ended: string[] = [];
  const run = Running.during(async (running) => {
    running.add(part('server', ended));
    throw new Error('no');
  });
  await expect(run).rejects.toThrow('no');
  expect(ended).toEqual(['server']);
});
