import * as fc from 'fast-check';
import { History } from './history';

function historyOf(...lines: string[]): History {
  const history = new History({ historyLinesMax: 3, historyBytesMax: 100 });
  for (const line of lines) history.remember(line);
  return history;
}

function allOf(history: History): string[] {
  const lines: string[] = [];
  for (let line = history.older(''); line !== undefined; line = history.older('')) lines.push(line);
  return lines;
}

test('older lines come first the newest, then the ones before', () => {
  expect(allOf(historyOf('a', 'b', 'c'))).toEqual(['c', 'b', 'a']);
});

test('the unfinished line is what comes behind the newest', () => {
  const history = historyOf('a', 'b');
  expect([history.older('unfinished'), history.older('b'), history.older('a')]).toEqual([
    'b',
    'a',
    undefined,
  ]);
  expect([history.newer(), history.newer(), history.newer()]).toEqual([
    'b',
    'unfinished',
    undefined,
  ]);
});

test('a line that was sent twice in a row is kept once', () => {
  expect(allOf(historyOf('a', 'a', 'b', 'a'))).toEqual(['a', 'b', 'a']);
});

test('an empty line, and one larger than all may be, are not kept', () => {
  expect(allOf(historyOf('a', '', 'x'.repeat(51)))).toEqual(['a']);
});

test('the oldest lines make room', () => {
  expect(allOf(historyOf('a', 'b', 'c', 'd'))).toEqual(['d', 'c', 'b']);
  expect(allOf(historyOf('a', 'b', 'x'.repeat(49)))).toEqual(['x'.repeat(49), 'b']);
});

test('a search goes on from a place, towards older lines', () => {
  const history = historyOf('one', 'two', 'three');
  expect(history.search('o', Infinity)).toEqual({ line: 'two', at: 1 });
  expect(history.search('o', 0)).toEqual({ line: 'one', at: 0 });
  expect(history.search('th', 1)).toBeUndefined();
});

test('whatever is remembered, the limits hold and neighbours differ', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '日'), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const kept = allOf(historyOf(...lines));
      expect(kept.length).toBeLessThanOrEqual(3);
      expect(kept.join('').length * 2).toBeLessThanOrEqual(100);
      expect(kept.filter((each, index) => each === kept[index + 1])).toEqual([]);
    }),
  );
});
