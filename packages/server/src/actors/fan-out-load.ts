/** When to send what has come to a room: in this turn of the event loop, the next one, or in ms. */
export type SendTime = 'now' | 'next-turn' | number;

/** How long a line may wait for others, at the most and as a share of what a sending takes. */
export interface Patience {
  readonly waitMaxMs: number;
  readonly ofLastSending: number;
}

/** Where all lines of a room come from people here. */
export const patienceAlone: Patience = { waitMaxMs: 5, ofLastSending: 0.5 };
/**
 * Where some come from other nodes, whenever those have sent theirs: what is worth waiting for comes
 * later. Measured on two nodes: a third more deliveries per CPU-second.
 */
export const patienceShared: Patience = { waitMaxMs: 10, ofLastSending: 3 };
/** Where all is said by people who send much: a room full of them takes a tenth of the time, not all of it. */
const patienceForMuch: Patience = { waitMaxMs: 100, ofLastSending: 9 };

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
 * Under light load and in small rooms, none at all. Under load, for the turn of the event loop in
 * which the lines that have just arrived are read, and in rooms where sending takes long, for a
 * share of that time, a few milliseconds: that costs a line little and saves a write for each member.
 */
export class FanOutLoad {
  #busyMs = 0;
  #asOfMs = 0;

  constructor(private readonly patience: Patience = patienceAlone) {}

  /** When to send to a room where sending took `lastMs` last; `mayWait`: for longer than it would. */
  sendTime(now: number, lastMs: number, mayWait = false): SendTime {
    const load = Math.min(1, this.#busyAt(now) / memoryMs);
    if (load < loadMin || lastMs < costMinMs) return 'now';
    const { waitMaxMs, ofLastSending } = mayWait ? patienceForMuch : this.patience;
    const waitMs = Math.min(load * waitMaxMs, lastMs * ofLastSending);
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
