import { texts } from '@chat-server/protocol';
import type { Command } from './command';
import { tell } from './effect';

export const who: Command = {
  name: 'who',
  group: 'Rooms',
  summary: 'lists who is in your room',
  run(_rest, { user, directory }) {
    if (user.room === undefined) return tell(texts.notInRoom);
    const names = directory.inRoom(user.room).map(({ name }) => name);
    return tell(texts.roomMembers(user.room, names));
  },
};
