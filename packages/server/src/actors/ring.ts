import type { RoomEvent } from '../domain/room-event';

/**
 * A room's recent events by offset. It keeps at least the `linesMax` newest, and up to half as many
 * more, since dropping moves all that stays.
 */
export class Ring {
  #events: RoomEvent[] = [];
  /** The offset of the newest event, kept or not. */
  head: number;

  constructor(
    private readonly linesMax: number,
    head = 0,
  ) {
    this.head = head;
  }

  /** The offset of the oldest event that is kept; head + 1 when there is none. */
  get first(): number {
    return this.head - this.#events.length + 1;
  }

  at(offset: number): RoomEvent | undefined {
    return this.#events[offset - this.first];
  }

  /** Goes on after an offset that is not the next: what was kept is forgotten. */
  skipTo(head: number): void {
    this.#events = [];
    this.head = head;
  }

  /** Adds events, the first of which has `firstOffset`; what lies between is not kept. */
  push(firstOffset: number, events: readonly RoomEvent[]): void {
    if (firstOffset !== this.head + 1) this.#events = [];
    for (const event of events) this.#events.push(event);
    this.head = firstOffset + events.length - 1;
    if (this.#events.length > this.linesMax * 1.5)
      this.#events = this.#events.slice(-this.linesMax);
  }
}
