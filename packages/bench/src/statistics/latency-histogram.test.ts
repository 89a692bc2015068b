import * as fc from 'fast-check';
import { LatencyHistogram } from './latency-histogram';

const latencies = fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 1 });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });

test('a percentile is within 2 % of the exact one', () => {
  fc.assert(
    fc.property(latencies, share, (values, part) => {
      const histogram = new LatencyHistogram();
      for (const value of values) histogram.record(value);
      const sorted = values.toSorted((a, b) => a - b);
      const exact = sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
      const found = histogram.percentileUs(part) ?? NaN;
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(0.02 * exact);
    }),
  );
});

test('histograms of two processes add up to the one of both', () => {
  fc.assert(
    fc.property(latencies, latencies, (a, b) => {
      const [first, second, both] = [
        new LatencyHistogram(),
        new LatencyHistogram(),
        new LatencyHistogram(),
      ];
      for (const value of a) first.record(value);
      for (const value of b) second.record(value);
      for (const value of [...a, ...b]) both.record(value);
      first.add(new LatencyHistogram(second.counts));
      expect(first.counts).toEqual(both.counts);
    }),
    { numRuns: 20 },
  );
});

test('a histogram of nothing has no percentiles', () => {
  expect(new LatencyHistogram().percentileUs(0.5)).toBeUndefined();
});

test('latencies out of range count as the nearest in range', () => {
  const histogram = new LatencyHistogram();
  histogram.record(-5);
  expect(histogram.percentileUs(1)).toBe(0);
  histogram.record(1e15);
  expect(histogram.percentileUs(1)).toBeGreaterThan(2e9);
});
