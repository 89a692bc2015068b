import { texts } from '@chat-server/protocol';
import type { Command } from './command';
import { tell } from './effect';

export const users: Command = {
  name: 'users',
  group: 'People',
  cost: 5,
  summary: 'lists who is online',
  run(_rest, { directory }) {
    const all = [...directory.all()].toSorted((one, other) => one.sinceMs - other.sinceMs);
    return tell(texts.onlineUsers(all.map(({ name }) => name)));
  },
};
