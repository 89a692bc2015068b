import { texts } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import type { Command } from './command';
import { tell } from './effect';

export const who: Command = {
  name: 'who',
  group: 'Rooms',
  cost: 3,
  summary: 'lists who is in your room',
  run(_rest, { user, directory }) {
    if (user.room === undefined) return tell(texts.notInRoom);
    const members = directory.inRoom(user.room);
    const names = members.toSorted(byArrival).map(({ name }) => name);
    return tell(texts.roomMembers(user.room, names));
  },
};

function byArrival(one: Presence, other: Presence): number {
  return (one.roomAtMs ?? 0) - (other.roomAtMs ?? 0);
}
