import type { Display } from '../clients/display';
import { Occupants } from '../domain/occupants';
import type { Person } from '../domain/person';
import type { Peer } from '../transports/peer';

/** Someone who can be in a room. */
export interface Member {
  /** Their connection, unique over all nodes; another one when they are somebody else. */
  readonly origin: string;
  readonly name: string;
  readonly person: Person;
  readonly peer: Peer;
  readonly display: Display;
  /** Their name, as names are compared, if it being said is to call for their attention. */
  readonly mentionKey: string | undefined;
  /** Names, as compared, of those whose words they do not want to see. */
  readonly ignored: ReadonlySet<string>;
  /** Whether they send so much, or so soon, that what they say may wait to be sent with more. */
  readonly needsMuch: boolean;
  /** Whether they are here no longer, or about to be. */
  readonly isGone: boolean;
  /** Tells their connection that what was for its screen could not be drawn. */
  displayFailed(error: unknown): void;
  /** Tells them that they are in this room no longer, by no doing of their own. */
  removedFrom(room: string): void;
}

/** A member's place in a room's log: everything up to the cursor has been sent. */
export interface Seat {
  readonly member: Member;
  /** `waiting` until the line that they joined is in the log. */
  cursor: number | 'waiting';
  /** When they joined. */
  sinceMs: number;
}

/** The seats of one room, by the member's origin. */
export type Seats = Map<string, Seat>;

/**
 * All seats on this node, by room: a table that outlives the room actors, so that a room that
 * crashed finds its members, and where each of them was, when it comes back.
 */
export class SeatTable {
  readonly #rooms = new Map<string, Seats>();
  readonly #occupants = new Map<string, Occupants>();

  /** `newsMaxMs`: how late news of people on other nodes may be; 0 where there are none. */
  constructor(private readonly newsMaxMs: number) {}

  /** The seats of a room, to be changed by its actor alone. */
  of(roomKey: string): Seats {
    const present = this.#rooms.get(roomKey);
    if (present !== undefined) return present;
    const seats: Seats = new Map();
    this.#rooms.set(roomKey, seats);
    return seats;
  }

  /** Who is in a room on any node, by its log; to be changed by its actor alone. */
  occupantsOf(roomKey: string): Occupants {
    const present = this.#occupants.get(roomKey);
    if (present !== undefined) return present;
    const occupants = new Occupants(this.newsMaxMs);
    this.#occupants.set(roomKey, occupants);
    return occupants;
  }

  /** The rooms that someone has a seat in. */
  taken(): readonly string[] {
    return [...this.#rooms].filter(([, { size }]) => size > 0).map(([key]) => key);
  }

  /** Forgets a room that nobody is in. */
  forget(roomKey: string): void {
    if (this.#rooms.get(roomKey)?.size !== 0) return;
    this.#rooms.delete(roomKey);
    this.#occupants.delete(roomKey);
  }
}
