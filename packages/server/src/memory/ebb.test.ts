import { Ebb } from './ebb';

/** So many at each of these seconds; answers for the seconds at which a crowd had gone. */
function ebbs(ebb: Ebb, counts: readonly (readonly [second: number, count: number])[]): number[] {
  return counts.filter(([second, count]) => ebb.note(count, second * 1_000)).map(([at]) => at);
}

test('a crowd that has been gone for ten seconds is seen once', () => {
  const seen = ebbs(new Ebb(), [
    [0, 2_000],
    [5, 900],
    [10, 500],
    [15, 500],
    [20, 500],
    [2_000, 500],
  ]);
  expect(seen).toEqual([15]);
});

test('those who come back in time were never gone', () => {
  const seen = ebbs(new Ebb(), [
    [0, 2_000],
    [5, 0],
    [10, 1_800],
    [15, 100],
    [20, 1_900],
    [40, 1_900],
  ]);
  expect(seen).toEqual([]);
});

test('a few are no crowd, nor is less than half of one', () => {
  const few = ebbs(new Ebb(), [
    [0, 499],
    [60, 0],
    [120, 0],
  ]);
  const some = ebbs(new Ebb(), [
    [0, 10_000],
    [60, 5_001],
    [120, 5_001],
  ]);
  expect([few, some]).toEqual([[], []]);
});

test('crowds that come and go all the time are seen every five minutes', () => {
  const waves = Array.from({ length: 600 }, (_, at): [number, number] => [
    at * 5,
    at % 6 < 2 ? 1_000 : 0,
  ]);
  const seen = ebbs(new Ebb(), waves);
  expect(seen.length).toBeGreaterThan(8);
  expect(seen.length).toBeLessThanOrEqual(10);
});
