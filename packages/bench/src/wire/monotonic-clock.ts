const readings = 20;

/** How far performance.now() is behind the monotonic clock, in microseconds. */
function readOffsetUs(): number {
  return Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000;
}

// performance.now() is cheaper than hrtime.bigint(), and both read CLOCK_MONOTONIC. Of several
// readings the greatest: a process that has to wait between the two finds too little.
const offsetUs = Math.max(...Array.from({ length: readings }, readOffsetUs));

/**
 * Microseconds of the machine's monotonic clock. All processes of one machine read the same clock,
 * so a time taken in one generator process may be compared in another.
 */
export function monotonicUs(): number {
  return performance.now() * 1000 + offsetUs;
}
