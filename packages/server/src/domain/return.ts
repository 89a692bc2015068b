import type { Person } from './person';
import { maySee, type Room } from './room';
import type { RoomEvent } from './room-event';

/** How long someone has to come back to where they were. */
export const returnMs = 2 * 60_000;

/** How far someone had been shown a room's log: up to an offset, or, where no one knows that, a time. */
export type Seen = { readonly offset: number } | { readonly atMs: number };

/** Where someone was when they had to go. */
export interface Stay {
  /** As shown. */
  readonly room: string;
  /** Up to now, when not given. */
  readonly seen?: Seen | undefined;
  /** Where their connection came from. */
  readonly address: string;
}

/** Where someone is put back who comes again in time. */
export interface Place {
  /** Theirs, as shown. */
  readonly name: string;
  readonly room: string;
  readonly seen: Seen;
  /** Where they came from, if that is known. */
  readonly address?: string;
  readonly untilMs: number;
}

/**
 * Whether who has logged in by a name, from an address, is put back where that name was.
 *
 * Names are nobody's own, so it may be somebody else. Being put into a public room gives them no
 * more than `/join` would. A private room lets its guests in by name, and yet whose room it is in
 * which someone was is not to be told to whoever takes their name: they must come from where the
 * name came from. All others can still `/join` what they know of.
 */
export function mayReturn(place: Place, room: Room | undefined, address: string): boolean {
  if (room === undefined || !maySee(room, guestOf(place.name))) return false;
  return !room.isPrivate || place.address === address;
}

/** Whoever has a name: all that is known of who comes back by it. */
function guestOf(name: string): Person {
  return { name, origin: '', isRegistered: false, isOperator: false };
}

/** Whether an event at an offset came after what someone was shown. */
export function isUnseen(event: RoomEvent, offset: number, seen: Seen): boolean {
  return 'offset' in seen ? offset > seen.offset : event.atMs > seen.atMs;
}

/**
 * Whether an event is worth telling later. Who came and went is not: where a node has ended, that is
 * everyone on it, twice.
 */
export function isNews({ kind }: RoomEvent): boolean {
  return kind === 'said' || kind === 'acted' || kind === 'topic';
}

/**
 * Whether who goes for a reason is expected back. Of those who were told to connect again, all are
 * who go by themselves: /quit is one way to do as they were told.
 */
export function isExpectedBack(reason: string | undefined, wasTold: boolean): boolean {
  if (reason === 'shutdown') return true;
  return wasTold && ['quit', 'closed', 'error', 'timeout'].includes(reason ?? '');
}
