import { texts } from '@chat-server/protocol';
import type { Limits } from '../domain/limits';
import type { Room, RoomRefusal } from '../domain/room';
import type { RoomSanction } from '../domain/room-sanction';

/** What a refusal is about, beside the room. */
export interface Held {
  readonly sanction?: RoomSanction | undefined;
  readonly nowMs: number;
  /** The name of who it was to be done to. */
  readonly target?: string;
}

/** What to say to someone whose wish concerning a room was refused, and what they can do instead. */
export function refusalLine(
  refusal: RoomRefusal | 'store-away',
  name: string,
  limits: Limits,
  room?: Room,
  held?: Held,
): string {
  const shown = room?.name ?? name;
  const target = held?.target ?? '';
  switch (refusal) {
    case 'room-exists':
      return texts.roomExists(shown);
    case 'no-such-room':
      return texts.noSuchRoom(shown);
    case 'room-private':
      return texts.roomIsPrivate(shown);
    case 'room-full':
      return texts.roomIsFull(shown, limits.roomMembersMax);
    case 'not-owner':
      return texts.notOwner(shown, room?.owner ?? '');
    case 'too-many-invited':
      return texts.tooManyInvited(shown);
    case 'store-away':
      return texts.storeAway;
    case 'banned':
      return texts.banned(shown, endOf(held), held?.sanction?.reason);
    case 'muted':
      return texts.muted(shown, endOf(held), held?.sanction?.reason);
    case 'slow-mode':
      return texts.slowTopic(shown);
    case 'oneself':
      return texts.notToYourself;
    case 'target-owner':
      return texts.notToOwner(shown, room?.owner ?? '');
    case 'target-operator':
      return texts.notToOperator(target);
    case 'target-banned':
      return texts.isBannedThere(target, shown);
    case 'too-many-bans':
      return texts.tooManyBans(shown, limits.roomBansMax);
    case 'too-many-mutes':
      return texts.tooManyMutes(shown, limits.roomMutesMax);
    case 'not-banned':
      return texts.notBanned(target, shown);
    case 'not-muted':
      return texts.notMuted(target, shown);
    case 'not-invited':
      return texts.notInvited(target, shown);
    case 'room-public':
      return texts.nobodyIsInvited(shown);
    case 'owns-already':
      return texts.ownsAlready(target, shown);
  }
}

function endOf(held: Held | undefined): string {
  return texts.end(held?.sanction?.untilMs, held?.nowMs ?? 0);
}
