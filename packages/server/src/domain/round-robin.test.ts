import * as fc from 'fast-check';
import { RoundRobin } from './round-robin';

function taken<T>(items: RoundRobin<T>): T[] {
  const all: T[] = [];
  for (let item = items.take(); item !== undefined; item = items.take()) all.push(item);
  return all;
}

test('keys take turns, and whoever brings many delays their own', () => {
  const items = new RoundRobin<string>();
  for (const item of ['a1', 'a2', 'a3', 'b1', 'b2']) items.put(item.slice(0, 1), item);
  expect(items.peek()).toBe('a1');
  expect([items.take(), items.take()]).toEqual(['a1', 'b1']);
  items.put('c', 'c1');
  expect(taken(items)).toEqual(['a2', 'b2', 'c1', 'a3']);
  expect(items.isEmpty).toBe(true);
  expect(items.peek()).toBeUndefined();
});

function ofKey(key: string, items: readonly string[]): string[] {
  return items.filter((item) => item.startsWith(key));
}

test('nothing is lost or doubled, and each key keeps its order, whatever comes when', () => {
  const steps = fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }));
  fc.assert(
    fc.property(steps, (keys) => {
      const items = new RoundRobin<string>();
      const put: string[] = [];
      const got: (string | undefined)[] = [];
      const peeked: (string | undefined)[] = [];
      keys.forEach((key, number) => {
        if (key === undefined) {
          peeked.push(items.peek());
          got.push(items.take());
        } else {
          put.push(`${key}${number}`);
          items.put(key, `${key}${number}`);
        }
      });
      expect(got).toEqual(peeked);
      const all = [...got.filter((item) => item !== undefined), ...taken(items)];
      for (const key of ['a', 'b', 'c']) expect(ofKey(key, all)).toEqual(ofKey(key, put));
    }),
  );
});

test('nobody waits for more than one of each other key', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(counts, (sizes) => {
      const items = new RoundRobin<string>();
      sizes.forEach((size, key) => {
        for (let item = 0; item < size; item++) items.put(`${key}`, `of ${key}`);
      });
      items.put('one', 'of one');
      expect(taken(items).indexOf('of one')).toBe(sizes.length);
    }),
  );
});
