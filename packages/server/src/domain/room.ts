import { nameKey, sameName } from '@chat-server/protocol';
import type { Person } from './person';

/** A room as it is kept: what is true of it whoever is in it. */
export interface Room {
  readonly name: string;
  readonly owner: string;
  readonly isPrivate: boolean;
  readonly topic?: string;
  /** Names in the form in which they are compared. */
  readonly invited: readonly string[];
  readonly createdAtMs: number;
}

/** Why a rule says no. */
export type RoomRefusal =
  'room-exists' | 'no-such-room' | 'room-private' | 'room-full' | 'not-owner' | 'too-many-invited';

/** What a rule makes of a room: the room that follows (none: it is gone), or a refusal. */
export type RoomDecision =
  | { readonly ok: true; readonly room: Room | undefined }
  | { readonly ok: false; readonly refusal: RoomRefusal; readonly room?: Room };

/** A pure rule: the same room gives the same decision, so that it can be tried again. */
export type RoomRule = (room: Room | undefined) => RoomDecision;

function refuse(refusal: RoomRefusal, room?: Room): RoomDecision {
  return room === undefined ? { ok: false, refusal } : { ok: false, refusal, room };
}

/** A new room, owned by who creates it. */
export function createRoom(
  name: string,
  { name: owner }: Person,
  isPrivate: boolean,
  createdAtMs: number,
): RoomRule {
  return (room) =>
    room === undefined
      ? { ok: true, room: { name, owner, isPrivate, invited: [], createdAtMs } }
      : refuse('room-exists', room);
}

/** The end of a room, at the word of who rules it. */
export function destroyRoom(by: Person): RoomRule {
  return onRoom((room) => {
    if (mayRule(room, by)) return { ok: true, room: undefined };
    return refuse(maySee(room, by) ? 'not-owner' : 'room-private', room);
  });
}

/** Whether `user` may enter; changes nothing. */
export function enterRoom(user: Person, members: number, membersMax: number): RoomRule {
  return onRoom((room) => {
    if (!maySee(room, user)) return refuse('room-private', room);
    if (members >= membersMax) return refuse('room-full', room);
    return { ok: true, room };
  });
}

/** Lets `user` into a private room from now on. */
export function inviteTo(user: string, invitedMax: number): RoomRule {
  return onRoom((room) => {
    const key = nameKey(user);
    if (!room.isPrivate || room.invited.includes(key)) return { ok: true, room };
    if (room.invited.length >= invitedMax) return refuse('too-many-invited', room);
    return { ok: true, room: { ...room, invited: [...room.invited, key] } };
  });
}

/** A topic, which members of a public room and the owner of a private one may set. */
export function setTopic(by: Person, topic: string): RoomRule {
  return onRoom((room) =>
    room.isPrivate && !mayRule(room, by)
      ? refuse('not-owner', room)
      : { ok: true, room: { ...room, topic } },
  );
}

/** Whether `user` may know of a room and enter it. */
export function maySee(room: Room, user: Person): boolean {
  return !room.isPrivate || mayRule(room, user) || room.invited.includes(nameKey(user.name));
}

/** Whether `user` decides about a room and who is in it. */
export function mayRule(room: Room, { name, isOperator }: Person): boolean {
  return isOperator || sameName(room.owner, name);
}

function onRoom(rule: (room: Room) => RoomDecision): RoomRule {
  return (room) => (room === undefined ? refuse('no-such-room') : rule(room));
}
