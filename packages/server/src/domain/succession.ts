import type { Presence } from './directory';
import { type Holding, holdingKey, holdingOf } from './holding';
import { invitationsOf, ownedBy, ownerOf, type Room, type RoomRule, withInvitations } from './room';

/** What becomes of what people have in rooms; holdings are named by their keys. */
export interface RightsChange {
  /** What is held as the first is held as the second from now on, before anything ends. */
  readonly moves: ReadonlyMap<string, Holding>;
  /** Of guests who are gone, and what is left by accounts that there are not. */
  readonly ended: ReadonlySet<string>;
}

/** Whether there is anything to change in a room, in which there is someone or not. */
export function concerns(room: Room, { moves, ended }: RightsChange, hasMembers: boolean): boolean {
  const owner = ownerOf(room);
  if (owner === undefined && hasMembers) return true;
  return [...(owner === undefined ? [] : [owner]), ...invitationsOf(room)]
    .map(holdingKey)
    .some((key) => moves.has(key) || ended.has(key));
}

/**
 * Changes what people have in a room. One whose owner is gone goes to the heir; where there is none,
 * a private one is removed, and a public one is nobody's. All nodes may do it: done twice, the second
 * changes nothing.
 */
export function changeRights({ moves, ended }: RightsChange, heir: Holding | undefined): RoomRule {
  const moved = (held: Holding): Holding => moves.get(holdingKey(held)) ?? held;
  return (room) => {
    if (room === undefined) return { ok: false, refusal: 'no-such-room' };
    const invitations = invitationsOf(room).map(moved);
    const before = ownerOf(room);
    const owner = before && moved(before);
    const valid = invitations.filter((each) => !ended.has(holdingKey(each)));
    const left = withInvitations(ownedBy(room, owner), valid);
    if (owner !== undefined && !ended.has(holdingKey(owner))) return { ok: true, room: left };
    const isOver = heir === undefined && room.isPrivate;
    return { ok: true, room: isOver ? undefined : ownedBy(left, heir) };
  };
}

/** Makes a room that is nobody's the one's who enters it. */
export function takeOwnerless(user: Holding): RoomRule {
  return (room) => {
    if (room === undefined) return { ok: false, refusal: 'no-such-room' };
    if (ownerOf(room) !== undefined) return { ok: false, refusal: 'not-owner', room };
    return { ok: true, room: ownedBy(room, user) };
  };
}

/** Who gets a room of those in it: a registered one before guests, who is there longest before others. */
export function heirAmong(members: readonly Presence[]): Holding | undefined {
  const [heir] = members.toSorted(
    (one, other) =>
      Number(other.isRegistered ?? false) - Number(one.isRegistered ?? false) ||
      (one.roomAtMs ?? 0) - (other.roomAtMs ?? 0),
  );
  return heir && holdingOf(heir);
}
