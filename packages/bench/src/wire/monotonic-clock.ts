// performance.now() is cheaper than hrtime.bigint(), and both read CLOCK_MONOTONIC.
const offsetUs = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000;

/**
 * Microseconds of the machine's monotonic clock. All processes of one machine read the same clock,
 * so a time taken in one generator process may be compared in another.
 */
export function monotonicUs(): number {
  return performance.now() * 1000 + offsetUs;
}
