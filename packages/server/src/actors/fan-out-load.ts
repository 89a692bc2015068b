/** When to send what has come to a room: in this turn of the event loop, the next one, or in ms. */
export type SendTime = 'now' | 'next-turn' | number;

/** The longest a line waits for others. */
const waitMaxMs = 5;
/** Timers are no finer than this. */
const waitMinMs = 1;
/** Below this load, nothing waits. */
const loadMin = 0.2;
/** A sending that takes less is not worth another turn. */
const costMinMs = 0.25;
/** How fast the past is forgotten. */
const memoryMs = 50;

/**
 * How busy this process is with sending to rooms, and so how long a line waits for others that share
 * its write.
 *
 * Under light load and in small rooms, none at all. Under load, for the turn of the event loop in which the lines that
 * have just arrived are read, and in rooms where sending takes long, for up to half of that time, 1
 * to 5 ms: that costs a line little and saves a write for each member.
 */
export class FanOutLoad {
  #busyMs = 0;
  #asOfMs = 0;

  /** When to send to a room where sending took `lastMs` last. */
  sendTime(now: number, lastMs: number): SendTime {
    const load = Math.min(1, this.#busyAt(now) / memoryMs);
    if (load < loadMin || lastMs < costMinMs) return 'now';
    const waitMs = Math.min(load * waitMaxMs, lastMs / 2);
    return waitMs < waitMinMs ? 'next-turn' : waitMs;
  }

  /** Notes a sending. */
  sent(startMs: number, endMs: number): void {
    this.#busyMs = this.#busyAt(startMs) + (endMs - startMs);
    this.#asOfMs = endMs;
  }

  #busyAt(now: number): number {
    return this.#busyMs * Math.exp((this.#asOfMs - now) / memoryMs);
  }
}
