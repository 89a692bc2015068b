import { texts } from '@chat-server/protocol';
import type { Limits } from '../domain/limits';
import type { Room, RoomRefusal } from '../domain/room';

/** What to say to someone whose wish concerning a room was refused, and what they can do instead. */
export function refusalLine(
  refusal: RoomRefusal | 'store-away',
  name: string,
  limits: Limits,
  room?: Room,
): string {
  const shown = room?.name ?? name;
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
  }
}
