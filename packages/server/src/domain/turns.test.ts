import * as fc from 'fast-check';
import { Turns } from './turns';

const rate = { burst: 50, perSecond: 50 };

test('after a pause a burst of turns begins at once, and then so much work a second', () => {
  const turns = new Turns();
  const at = Array.from({ length: 53 }, () => turns.take(1, rate, 10_000) - 10_000);
  expect(at.filter((ms) => ms === 0)).toHaveLength(51);
  expect(at.slice(51)).toEqual([20, 40]);
});

test('who takes more work has others wait for longer', () => {
  const turns = new Turns();
  turns.take(60, rate, 10_000);
  expect(turns.take(1, rate, 10_000)).toBe(10_200);
});

test('turns come in the order in which they were taken, never early, and no more than the rate', () => {
  const asks = fc.array(
    fc.record({ work: fc.integer({ min: 1, max: 20 }), afterMs: fc.nat(200) }),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(asks, (all) => {
      const turns = new Turns();
      let nowMs = 5_000;
      let workBefore = 0;
      let lastMs = 0;
      for (const { work, afterMs } of all) {
        nowMs += afterMs;
        const atMs = turns.take(work, rate, nowMs);
        expect(atMs).toBeGreaterThanOrEqual(Math.max(nowMs, lastMs));
        // All that began before it fits into the time since the first, and the burst.
        expect(workBefore).toBeLessThanOrEqual(
          ((atMs - 5_000) * rate.perSecond) / 1_000 + 50 + 1e-6,
        );
        workBefore += work;
        lastMs = atMs;
      }
    }),
  );
});
