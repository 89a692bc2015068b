import { defaultLimits } from './limits';
import { Overload } from './overload';

/** Comes so late so often, each 250 ms, and answers how it then stands. */
function after(overload: Overload, ...stretches: readonly [latenessMs: number, times: number][]) {
  let nowMs = 0;
  for (const [latenessMs, times] of stretches) {
    for (let time = 0; time < times; time++) {
      nowMs += 250 + latenessMs;
      overload.note(latenessMs, nowMs);
    }
  }
  return overload.isOverloaded;
}

test('a server that is on time, or late for a moment, is not overloaded', () => {
  expect(after(new Overload(defaultLimits), [20, 100])).toBe(false);
  expect(after(new Overload(defaultLimits), [20, 10], [3_600_000, 1], [20, 10])).toBe(false);
});

test('one that is late again and again is, until it is on time for some time', () => {
  expect(after(new Overload(defaultLimits), [400, 4])).toBe(true);
  expect(after(new Overload(defaultLimits), [400, 20], [0, 2])).toBe(true);
  expect(after(new Overload(defaultLimits), [400, 20], [0, 10])).toBe(false);
});

test('one that is a little late neither becomes overloaded nor gets over it', () => {
  expect(after(new Overload(defaultLimits), [150, 100])).toBe(false);
  expect(after(new Overload(defaultLimits), [400, 20], [150, 100])).toBe(true);
});

test('it is told once that this changes', () => {
  const overload = new Overload(defaultLimits);
  const changes = Array.from({ length: 40 }, (_, index) =>
    overload.note(index < 20 ? 500 : 0, index * 500),
  );
  expect(changes.filter(Boolean)).toHaveLength(2);
});
