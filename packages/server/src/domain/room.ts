import { nameKey, sameName } from '@chat-server/protocol';
import { type Holding, holdingKey, holdingOf, holds } from './holding';
import type { Person } from './person';
import type { RoomSanction } from './room-sanction';

/** A room as it is kept: what is true of it whoever is in it. */
export interface Room {
  readonly name: string;
  /** As shown; empty while it is nobody's. */
  readonly owner: string;
  /** Their connection, if they are a guest; else the account of that name owns it, if there is one. */
  readonly ownerOrigin?: string;
  readonly isPrivate: boolean;
  readonly topic?: string;
  /** Accounts that are invited, by name as names are compared. */
  readonly invited: readonly string[];
  /** Guests who are invited, for as long as they are connected. */
  readonly guests?: readonly InvitedGuest[];
  readonly createdAtMs: number;
  /** What is held against names; ended ones among these are as good as none. */
  readonly bans?: readonly RoomSanction[];
  readonly mutes?: readonly RoomSanction[];
  /** The time between two lines of a person, if that is limited. */
  readonly slowMs?: number;
  /** Grows by one with each change by who rules the room, so that older news does not count. */
  readonly revision?: number;
}

export interface InvitedGuest {
  /** Their name, as names are compared. */
  readonly key: string;
  /** Their connection. */
  readonly origin: string;
}

/** Why a rule says no. */
export type RoomRefusal =
  | 'room-exists'
  | 'no-such-room'
  | 'room-private'
  | 'room-full'
  | 'not-owner'
  | 'too-many-invited'
  | 'banned'
  | 'muted'
  | 'slow-mode'
  | 'oneself'
  | 'target-owner'
  | 'target-operator'
  | 'target-banned'
  | 'too-many-bans'
  | 'too-many-mutes'
  | 'not-banned'
  | 'not-muted'
  | 'not-invited'
  | 'room-public'
  | 'owns-already';

/** What a rule makes of a room: the room that follows (none: it is gone), or a refusal. */
export type RoomDecision =
  | { readonly ok: true; readonly room: Room | undefined }
  | {
      readonly ok: false;
      readonly refusal: RoomRefusal;
      readonly room?: Room;
      /** What keeps who asked from it. */
      readonly sanction?: RoomSanction;
    };

/** A pure rule: the same room gives the same decision, so that it can be tried again. */
export type RoomRule = (room: Room | undefined) => RoomDecision;

function refuse(refusal: RoomRefusal, room?: Room): RoomDecision {
  return room === undefined ? { ok: false, refusal } : { ok: false, refusal, room };
}

/** A new room, owned by who creates it. */
export function createRoom(
  name: string,
  by: Person,
  isPrivate: boolean,
  createdAtMs: number,
): RoomRule {
  return (room) => {
    if (room !== undefined) return refuse('room-exists', room);
    const made = { name, owner: '', isPrivate, invited: [], createdAtMs };
    return { ok: true, room: ownedBy(made, holdingOf(by)) };
  };
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

/** Lets an account, or a guest for as long as they are connected, into a private room from now on. */
export function inviteTo(user: Holding, invitedMax: number): RoomRule {
  return onRoom((room) => {
    const invitations = invitationsOf(room);
    const isInvited = invitations.some((each) => holdingKey(each) === holdingKey(user));
    if (!room.isPrivate || isInvited) return { ok: true, room };
    if (invitations.length >= invitedMax) return refuse('too-many-invited', room);
    return { ok: true, room: withInvitations(room, [...invitations, user]) };
  });
}

/** Takes back an invitation to a private room. */
export function uninvite(by: Person, target: string): RoomRule {
  return onRoom((room) => {
    if (!mayRule(room, by)) return refuse(maySee(room, by) ? 'not-owner' : 'room-private', room);
    if (!room.isPrivate) return refuse('room-public', room);
    if (sameName(room.owner, target)) return refuse('target-owner', room);
    if (!hasInvited(room, target)) return refuse('not-invited', room);
    const revision = (room.revision ?? 0) + 1;
    return { ok: true, room: { ...withoutInvitation(room, target), revision } };
  });
}

/**
 * Makes a room someone else's, against whom nothing is held there any more. Whose a private room was
 * is invited to it.
 */
export function transferTo(by: Person, to: Holding, invitedMax: number): RoomRule {
  return onRoom((room) => {
    if (!mayRule(room, by)) return refuse(maySee(room, by) ? 'not-owner' : 'room-private', room);
    const before = ownerOf(room);
    if (before !== undefined && holdingKey(before) === holdingKey(to)) {
      return refuse('owns-already', room);
    }
    const others = invitationsOf(room).filter((each) => holdingKey(each) !== holdingKey(to));
    const invited = room.isPrivate && before !== undefined ? [...others, before] : others;
    if (invited.length > invitedMax) return refuse('too-many-invited', room);
    const revision = (room.revision ?? 0) + 1;
    const given = { ...ownedBy(withInvitations(room, invited), to), revision };
    return { ok: true, room: withoutSanctions(given, to.name) };
  });
}

/** A room to which a name is not invited. */
export function withoutInvitation(room: Room, target: string): Room {
  const others = invitationsOf(room).filter(({ name }) => !sameName(name, target));
  return withInvitations(room, others);
}

function hasInvited(room: Room, target: string): boolean {
  return invitationsOf(room).some(({ name }) => sameName(name, target));
}

function withoutSanctions({ bans, mutes, ...room }: Room, target: string): Room {
  const others = ({ name }: RoomSanction): boolean => !sameName(name, target);
  return {
    ...room,
    ...(bans !== undefined && { bans: bans.filter(others) }),
    ...(mutes !== undefined && { mutes: mutes.filter(others) }),
  };
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
  if (!room.isPrivate || mayRule(room, user)) return true;
  return invitationsOf(room).some((each) => holds(user, each));
}

/** Whether `user` decides about a room and who is in it. */
export function mayRule(room: Room, user: Person): boolean {
  if (user.isOperator) return true;
  const owner = ownerOf(room);
  return owner !== undefined && holds(user, owner);
}

/** Whose a room is; undefined while it is nobody's. */
export function ownerOf({ owner: name, ownerOrigin: origin }: Room): Holding | undefined {
  if (name === '') return undefined;
  return origin === undefined ? { name } : { name, origin };
}

/** The room with another owner, or none. */
export function ownedBy(room: Room, owner: Holding | undefined): Room {
  const { ownerOrigin: _before, ...rest } = room;
  const { name = '', origin } = owner ?? {};
  return { ...rest, owner: name, ...(origin !== undefined && { ownerOrigin: origin }) };
}

/** Whom a room has invited. */
export function invitationsOf({ invited, guests = [] }: Room): readonly Holding[] {
  return [
    ...invited.map((name) => ({ name })),
    ...guests.map(({ key: name, origin }) => ({ name, origin })),
  ];
}

/** The room with these invitations, each once, and no others. */
export function withInvitations(room: Room, invitations: readonly Holding[]): Room {
  const { guests: _before, ...rest } = room;
  const each = new Map(invitations.map((one) => [holdingKey(one), one]));
  const invited: string[] = [];
  const guests: InvitedGuest[] = [];
  for (const { name, origin } of each.values()) {
    if (origin === undefined) invited.push(nameKey(name));
    else guests.push({ key: nameKey(name), origin });
  }
  return { ...rest, invited, ...(guests.length > 0 && { guests }) };
}

function onRoom(rule: (room: Room) => RoomDecision): RoomRule {
  return (room) => (room === undefined ? refuse('no-such-room') : rule(room));
}
