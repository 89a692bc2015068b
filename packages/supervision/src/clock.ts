/** Time as a parameter: milliseconds since the epoch that never go back, and timers on them. */
export interface Clock {
  now(): number;
  /** Runs `task` once, after `delayMs`; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

// Read once: the getter is slow, and the origin does not change.
const { timeOrigin } = performance;

export const systemClock: Clock = {
  now: () => timeOrigin + performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
