import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface EventLoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

const resolutionMs = 20;

/** How late the event loop comes to what is due, since the last time it was asked. */
export class EventLoopMonitor {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs });

  constructor() {
    this.#histogram.enable();
  }

  /** Of the time since the last call; 0 where nothing was measured. */
  take(): EventLoopDelay {
    const histogram = this.#histogram;
    const isEmpty = histogram.count === 0;
    const delay = {
      p99Ms: isEmpty ? 0 : beyondResolution(histogram.percentile(99)),
      maxMs: isEmpty ? 0 : beyondResolution(histogram.max),
    };
    histogram.reset();
    return delay;
  }

  stop(): void {
    this.#histogram.disable();
  }
}

/** What is measured is from one tick of its timer to the next. */
function beyondResolution(nanoseconds: number): number {
  return Math.max(0, Math.round((nanoseconds / 1e6 - resolutionMs) * 100) / 100);
}
