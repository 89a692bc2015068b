import { monotonicUs } from '../wire/monotonic-clock';

/** Who writes a line when it is due. */
interface FixedRateWriter {
  writeDue(dueUs: number): void;
}

/**
 * Has `writers` write in turn, so many lines a second in all, until the function it returns is
 * called. A line's time is when it was due, not when a busy generator got round to it: what waits
 * here would else be left out of the latency (Tene, "coordinated omission").
 */
export function writeAtFixedRate(
  writers: readonly FixedRateWriter[],
  linesPerSecond: number,
): () => void {
  const startUs = monotonicUs();
  const periodUs = 1e6 / linesPerSecond;
  let written = 0;
  const timer = setInterval(() => {
    const nowUs = monotonicUs();
    for (;;) {
      const dueUs = startUs + written * periodUs;
      if (dueUs > nowUs) return;
      writers[written % writers.length]?.writeDue(dueUs);
      written++;
    }
  }, 1);
  return () => clearInterval(timer);
}
