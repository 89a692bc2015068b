import * as fc from 'fast-check';
import { type Rate, TokenBucket } from './token-bucket';

const rates = fc.record({
  burst: fc.integer({ min: 1, max: 100 }),
  perSecond: fc.integer({ min: 1, max: 100 }),
});
/** Pauses between tries. */
const pauses = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 });

function passing(rate: Rate, waits: readonly number[], cost: number): number[] {
  const bucket = new TokenBucket();
  let nowMs = 0;
  return waits.flatMap((waitMs) => {
    nowMs += waitMs;
    if (bucket.waitMs(rate, nowMs) > 0) return [];
    bucket.spend(cost, rate, nowMs);
    return [nowMs];
  });
}

test('no more than the burst and the rate passes, in any stretch of time', () => {
  fc.assert(
    fc.property(rates, pauses, (rate, waits) => {
      const passed = passing(rate, waits, 1);
      for (const [first, fromMs] of passed.entries()) {
        for (const [last, toMs] of passed.entries()) {
          if (last < first) continue;
          const most = rate.burst + (rate.perSecond * (toMs - fromMs)) / 1_000;
          expect(last - first + 1).toBeLessThanOrEqual(most + 1e-6);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('what costs more passes as seldom, and runs into debt once', () => {
  fc.assert(
    fc.property(rates, pauses, fc.integer({ min: 1, max: 500 }), (rate, waits, cost) => {
      const passed = passing(rate, waits, cost);
      const timeMs = (passed.at(-1) ?? 0) - (passed[0] ?? 0);
      const most = rate.burst + (rate.perSecond * timeMs) / 1_000 + cost;
      expect(passed.length * cost).toBeLessThanOrEqual(most + 1e-6);
    }),
  );
});

test('whoever waits as long as told passes then, whatever was spent', () => {
  fc.assert(
    fc.property(rates, fc.array(fc.integer({ min: 0, max: 1_000 })), (rate, costs) => {
      const bucket = new TokenBucket();
      let nowMs = 1_000;
      for (const cost of costs) {
        bucket.spend(cost, rate, nowMs);
        nowMs += bucket.waitMs(rate, nowMs);
        expect(bucket.waitMs(rate, nowMs)).toBe(0);
      }
    }),
  );
});

test('whoever has spent all is never kept longer than the rate says', () => {
  const bucket = new TokenBucket();
  const rate = { burst: 60, perSecond: 5 };
  for (let spent = 0; spent < 60; spent++) bucket.spend(1, rate, 0);
  expect(bucket.waitMs(rate, 0)).toBe(200);
  expect(bucket.take(1, rate, 100)).toBe(false);
  expect(bucket.take(1, rate, 200)).toBe(true);
  expect(bucket.tokens(rate, 1_000_000)).toBe(60);
});

test('draining takes what there is, and leaves no debt', () => {
  const bucket = new TokenBucket();
  const rate = { burst: 10, perSecond: 1 };
  bucket.drain(50, rate, 0);
  expect(bucket.tokens(rate, 0)).toBe(0);
});

test('a clock that goes back gives nothing', () => {
  const bucket = new TokenBucket();
  const rate = { burst: 10, perSecond: 1 };
  bucket.spend(10, rate, 5_000);
  expect(bucket.tokens(rate, 1_000)).toBe(0);
});
