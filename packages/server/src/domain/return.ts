import type { Person } from './person';
import { maySee, type Room } from './room';
import type { RoomEvent } from './room-event';

/** How long someone has to come back to where they were. */
export const returnMs = 2 * 60_000;

/** How far someone had been shown a room's log: up to an offset, or, where no one knows that, a time. */
export type Seen = { readonly offset: number } | { readonly atMs: number };

/** Where someone was when they had to go. */
export interface Stay {
  /** As shown; in none when not given. */
  readonly room?: string | undefined;
  /** Up to now, when not given. */
  readonly seen?: Seen | undefined;
  /** Where their connection came from. */
  readonly address: string;
  /** Their connection. */
  readonly origin: string;
}

/** Where someone is put back who comes again in time. */
export interface Place {
  /** Theirs, as shown. */
  readonly name: string;
  /** Empty if they were in none: they have what they had in rooms. */
  readonly room: string;
  readonly seen: Seen;
  /** Where they came from, if that is known. */
  readonly address?: string;
  /** The connection that they had, if that is known. */
  readonly origin?: string;
  readonly untilMs: number;
}

/**
 * Whether a guest who has logged in by a name, from an address, is taken for the one who had it: names
 * of guests are free to take, so they must come from where the name came from. They have what that
 * one had in rooms. What is an account's comes back by its password, and needs no memory.
 */
export function isSameGuest(place: Place, person: Person, address: string): boolean {
  // A socket that was gone at once has no address, and nobody is the same for that.
  return !person.isRegistered && address !== '' && place.address === address;
}

/**
 * Whether who has logged in by a name is put back where that name was. Being put into a public room
 * gives them no more than `/join` would; which private room someone was in is told only to those who
 * may see it, and are the ones who were there.
 */
export function mayReturn(
  place: Place,
  room: Room | undefined,
  person: Person,
  address: string,
): boolean {
  if (room === undefined || !maySee(room, person)) return false;
  return !room.isPrivate || person.isRegistered || isSameGuest(place, person, address);
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
  return kind === 'said' || kind === 'acted' || kind === 'topic' || kind === 'moderated';
}

/**
 * Whether who goes for a reason is expected back. Of those who were told to connect again, all are
 * who go by themselves: /quit is one way to do as they were told.
 */
export function isExpectedBack(reason: string | undefined, wasTold: boolean): boolean {
  if (reason === 'shutdown') return true;
  return wasTold && ['quit', 'closed', 'error', 'timeout'].includes(reason ?? '');
}
