import { texts } from '@chat-server/protocol';
import type { Command } from './command';
import { tell } from './effect';

export const leave: Command = {
  name: 'leave',
  group: 'Rooms',
  summary: 'leaves the room you are in',
  run: (_rest, { user }) =>
    user.room === undefined
      ? tell(texts.notInRoom)
      : [{ do: 'leave', line: texts.leftRoom(user.room) }],
};
