import { texts } from '@chat-server/protocol';
import type { Command } from './command';
import { tell } from './effect';

export const users: Command = {
  name: 'users',
  group: 'People',
  summary: 'lists who is online',
  run: (_rest, { directory }) =>
    tell(texts.onlineUsers(Array.from(directory.all(), ({ name }) => name))),
};
