import { sameName } from '@chat-server/protocol';
import type { RoomEvent } from './room-event';
import type { Person } from './person';
import {
  mayRule,
  ownedBy,
  ownerOf,
  type Room,
  type RoomDecision,
  type RoomRefusal,
  type RoomRule,
  withoutInvitation,
} from './room';
import { inForce, type RoomSanction, sanctionOn } from './room-sanction';

/** Something that is to be done about somebody in a room. */
export interface Deed {
  readonly by: Person;
  /** The name of who it is about. */
  readonly target: string;
  /** Whether that is known to be an operator of the server. */
  readonly isOperator: boolean;
  readonly nowMs: number;
  readonly reason?: string;
  readonly untilMs?: number;
}

/** Someone who wants to enter, and the network that they come from, if that is to count. */
export interface Newcomer {
  readonly person: Person;
  readonly network?: string | undefined;
}

/** Whether somebody may be put out; changes nothing. */
export function kick(deed: Deed): RoomRule {
  return onDeed(deed, (room) => ({ ok: true, room }));
}

/** Keeps a name out, in place of what was held against it; ended bans make room for it. */
export function ban(deed: Deed, bansMax: number): RoomRule {
  return onDeed(deed, (room) => {
    // Whoever is banned anew is held to where they came from as before.
    const network = sanctionOn(room.bans, deed.target, deed.nowMs)?.network;
    const bans = withSanction(room.bans, deed, network);
    if (bans.length > bansMax) return { ok: false, refusal: 'too-many-bans', room };
    return { ok: true, room: revised({ ...room, bans }) };
  });
}

/** Has a name say nothing, in place of what was held against it; ended mutes make room for it. */
export function mute(deed: Deed, mutesMax: number): RoomRule {
  return onDeed(deed, (room) => {
    const mutes = withSanction(room.mutes, deed);
    if (mutes.length > mutesMax) return { ok: false, refusal: 'too-many-mutes', room };
    return { ok: true, room: revised({ ...room, mutes }) };
  });
}

/** Lifts a ban; nobody but an operator lifts their own. */
export function unban(by: Person, target: string, nowMs: number): RoomRule {
  return lifting(by, target, (room) => {
    if (sanctionOn(room.bans, target, nowMs) === undefined) return refuse('not-banned', room);
    return { ok: true, room: revised({ ...room, bans: without(room.bans, target, nowMs) }) };
  });
}

/** Lifts a mute; nobody but an operator lifts their own. */
export function unmute(by: Person, target: string, nowMs: number): RoomRule {
  return lifting(by, target, (room) => {
    if (sanctionOn(room.mutes, target, nowMs) === undefined) return refuse('not-muted', room);
    return { ok: true, room: revised({ ...room, mutes: without(room.mutes, target, nowMs) }) };
  });
}

/** Time that everyone leaves between two lines, but for who rules the room; none ends that. */
export function slowDown(by: Person, slowMs: number | undefined): RoomRule {
  return ruled(by, (room) => ({ ok: true, room: revised(slowed(room, slowMs)) }));
}

/** The same rule for entering, but for who is banned. */
export function unlessBanned(newcomer: Newcomer, nowMs: number, rule: RoomRule): RoomRule {
  return (room) => {
    const decision = rule(room);
    // Whoever may not even know of a room is not told more of it.
    const isHidden = !decision.ok && decision.refusal !== 'room-full';
    if (isHidden || room === undefined) return decision;
    const sanction = banOn(room, newcomer, nowMs);
    return sanction === undefined ? decision : { ok: false, refusal: 'banned', sanction, room };
  };
}

/** The same rule for a topic, but for who is muted, and but for most in slow mode. */
export function unlessHushed(person: Person, nowMs: number, rule: RoomRule): RoomRule {
  return (room) => {
    if (room === undefined) return rule(room);
    const sanction = muteOn(room, person, nowMs);
    if (sanction !== undefined) return { ok: false, refusal: 'muted', sanction, room };
    return paceOf(room, person) === undefined ? rule(room) : refuse('slow-mode', room);
  };
}

/** The same rule for inviting somebody, who must not be banned. */
export function unlessTargetBanned(target: string, nowMs: number, rule: RoomRule): RoomRule {
  return (room) =>
    room !== undefined && sanctionOn(room.bans, target, nowMs) !== undefined
      ? refuse('target-banned', room)
      : rule(room);
}

/**
 * What keeps someone out: a ban of their name, or, for guests who do not own the room, one of
 * another guest from their network. Nothing keeps out an operator of the server.
 */
export function banOn(
  room: Room,
  { person, network }: Newcomer,
  nowMs: number,
): RoomSanction | undefined {
  if (room.bans === undefined || person.isOperator) return undefined;
  const byName = sanctionOn(room.bans, person.name, nowMs);
  if (byName !== undefined || network === undefined) return byName;
  if (person.isRegistered || mayRule(room, person)) return undefined;
  return inForce(room.bans, nowMs).find((each) => each.network === network);
}

/** What keeps someone from speaking; nothing does an operator of the server. */
export function muteOn(room: Room, person: Person, nowMs: number): RoomSanction | undefined {
  return person.isOperator ? undefined : sanctionOn(room.mutes, person.name, nowMs);
}

/** The time that someone must leave between two lines, if any. */
export function paceOf(room: Room, person: Person): number | undefined {
  return room.slowMs === undefined || mayRule(room, person) ? undefined : room.slowMs;
}

/** Keeps where a guest came from with a ban of them that is in force. */
export function holdNetwork(target: string, network: string): RoomRule {
  return (room) => {
    if (room === undefined) return { ok: false, refusal: 'no-such-room' };
    const bans = room.bans?.map((each) =>
      sameName(each.name, target) ? { ...each, network } : each,
    );
    return { ok: true, room: bans === undefined ? room : { ...room, bans } };
  };
}

/**
 * What is known of a room once its log has told what was moderated. Whose the room is, the log does
 * not tell in full: that is to be read from the document.
 */
export function afterModeration(room: Room, { by, atMs, moderation }: RoomEvent): Room {
  if (moderation === undefined || moderation.revision <= (room.revision ?? 0)) return room;
  const { action, target, reason, untilMs, slowMs, revision } = moderation;
  const sanction: RoomSanction = {
    name: target,
    by,
    atMs,
    ...(reason !== undefined && { reason }),
    ...(untilMs !== undefined && { untilMs }),
  };
  const next: Room = { ...room, revision };
  switch (action) {
    case 'ban':
      return { ...next, bans: [...without(room.bans, target, atMs), sanction] };
    case 'unban':
      return { ...next, bans: without(room.bans, target, atMs) };
    case 'mute':
      return { ...next, mutes: [...without(room.mutes, target, atMs), sanction] };
    case 'unmute':
      return { ...next, mutes: without(room.mutes, target, atMs) };
    case 'slow':
      return slowed(next, slowMs);
    case 'uninvite':
      return withoutInvitation(next, target);
    case 'kick':
    case 'transfer':
      return next;
  }
}

/**
 * What a room is whose store has lost the end of what it had, and of which `known` was known: what was
 * moderated meanwhile is not lost with it.
 */
export function restored(room: Room | undefined, known: Room | undefined): Room | undefined {
  if (room === undefined) return known;
  const isOlder =
    room.createdAtMs === known?.createdAtMs && (room.revision ?? 0) < (known.revision ?? 0);
  if (!isOlder) return room;
  const { bans, mutes, slowMs, revision = 0 } = known;
  return {
    ...ownedBy(slowed(room, slowMs), ownerOf(known)),
    revision,
    ...(bans !== undefined && { bans }),
    ...(mutes !== undefined && { mutes }),
  };
}

function onDeed({ by, target, isOperator }: Deed, rule: (room: Room) => RoomDecision): RoomRule {
  return ruled(by, (room) => {
    if (sameName(by.name, target)) return refuse('oneself', room);
    if (isOperator) return refuse('target-operator', room);
    if (sameName(room.owner, target) && !by.isOperator) return refuse('target-owner', room);
    return rule(room);
  });
}

function lifting(by: Person, target: string, rule: (room: Room) => RoomDecision): RoomRule {
  return ruled(by, (room) => {
    if (sameName(by.name, target) && !by.isOperator) return refuse('oneself', room);
    return rule(room);
  });
}

function ruled(by: Person, rule: (room: Room) => RoomDecision): RoomRule {
  return (room) => {
    if (room === undefined) return { ok: false, refusal: 'no-such-room' };
    return mayRule(room, by) ? rule(room) : refuse('not-owner', room);
  };
}

function refuse(refusal: RoomRefusal, room: Room): RoomDecision {
  return { ok: false, refusal, room };
}

function withSanction(
  sanctions: readonly RoomSanction[] | undefined,
  deed: Deed,
  network?: string,
): RoomSanction[] {
  const { target, by, nowMs, reason, untilMs } = deed;
  const sanction: RoomSanction = {
    name: target,
    by: by.name,
    atMs: nowMs,
    ...(reason !== undefined && { reason }),
    ...(untilMs !== undefined && { untilMs }),
    ...(network !== undefined && { network }),
  };
  return [...without(sanctions, target, nowMs), sanction];
}

/** All but what is held against a name, and what has ended. */
function without(
  sanctions: readonly RoomSanction[] | undefined,
  target: string,
  nowMs: number,
): RoomSanction[] {
  return inForce(sanctions, nowMs).filter(({ name }) => !sameName(name, target));
}

function slowed({ slowMs: _before, ...room }: Room, slowMs: number | undefined): Room {
  return slowMs === undefined ? room : { ...room, slowMs };
}

function revised(room: Room): Room {
  return { ...room, revision: (room.revision ?? 0) + 1 };
}
