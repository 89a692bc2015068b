import type { RoomEvent } from '../domain/room-event';
import type { Tail } from '../store/store';
import type { Metrics } from '../metrics/metrics';
import { catchUp, fanOut, type Sent } from './fan-out';
import type { FanOutLoad, SendTime } from './fan-out-load';
import { Ring } from './ring';
import type { Seat, Seats } from './seat';

/** How a room's events get to its seats: what has come from the log, and how much of it is sent. */
export class Delivery {
  /** As shown in its lines. */
  room: string;
  readonly ring: Ring;
  #sentUpTo: number;
  /** How long the last sending took. */
  #lastMs = 0;
  /** The longest time that a line took from its socket to the room, of those to be sent next. */
  #arrivalMs = 0;
  #mayWait = true;

  /** Begins with what the log holds, which has been sent to whoever was there. */
  constructor(
    room: string,
    private readonly seats: Seats,
    { entries, head }: Tail<RoomEvent>,
    ringLinesMax: number,
    private readonly load: FanOutLoad,
    private readonly metrics: Metrics,
  ) {
    this.room = room;
    this.ring = new Ring(ringLinesMax, head - entries.length);
    if (entries.length > 0) this.ring.push(head - entries.length + 1, entries);
    this.#sentUpTo = head;
  }

  /** Whether something has come that was not sent. */
  get isDue(): boolean {
    return this.#sentUpTo !== this.ring.head;
  }

  /** Takes note of how long a line took from its socket to the room. */
  arrived(ms: number): void {
    this.#arrivalMs = Math.max(this.#arrivalMs, ms);
  }

  /** Whether all that is to be sent may wait, longer than lines do, for more. */
  get mayWait(): boolean {
    return this.#mayWait;
  }

  /** Something that is to be sent may not. */
  hurry(): void {
    this.#mayWait = false;
  }

  /** When to send what has come. */
  sendTime(now: number): SendTime {
    return this.load.sendTime(now, this.#lastMs, this.#mayWait);
  }

  /** Sends all that has come to all who keep up. */
  flush(now: () => number): void {
    if (!this.isDue) return;
    const startMs = now();
    const oldestMs = this.ring.at(this.#sentUpTo + 1)?.atMs ?? startMs;
    this.#count(fanOut(this.seats.values(), this.ring, this.#sentUpTo, this.room));
    this.#sentUpTo = this.ring.head;
    this.#mayWait = true;
    const endMs = now();
    this.metrics.fanOutTook(Math.max(endMs - oldestMs, 0) + this.#arrivalMs);
    this.#arrivalMs = 0;
    this.#lastMs = endMs - startMs;
    this.load.sent(startMs, endMs);
  }

  /**
   * Goes on at an offset that is not the next. Seats go along: who was sent all is not behind, and
   * who was not has missed as many lines as before.
   */
  skipTo(firstOffset: number, now: () => number): void {
    const by = firstOffset - 1 - this.ring.head;
    if (by === 0) return;
    this.flush(now);
    for (const seat of this.seats.values()) if (seat.cursor !== 'waiting') seat.cursor += by;
    this.ring.skipTo(firstOffset - 1);
    this.#sentUpTo = firstOffset - 1;
  }

  /** Sends one seat what it lacks of what the others have. */
  resume(seat: Seat): void {
    this.sendUpTo(seat, this.#sentUpTo);
  }

  /** Sends one seat what it lacks, up to an offset. */
  sendUpTo(seat: Seat, offset: number): void {
    this.#count(catchUp(seat, this.ring, this.room, offset));
  }

  #count({ lines, bytes, skipped }: Sent): void {
    if (lines > 0) this.metrics.delivered(lines, bytes);
    if (skipped > 0) this.metrics.linesSkipped(skipped);
  }
}
