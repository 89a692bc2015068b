import { texts } from '@chat-server/protocol';
import { maySee } from '../domain/room';
import type { Command } from './command';
import { tell } from './effect';

export const rooms: Command = {
  name: 'rooms',
  group: 'Rooms',
  summary: 'lists the rooms you can join',
  async run(_rest, { user, rooms: catalogue }) {
    const all = await catalogue.list();
    if (all === 'store-away') return tell(texts.storeAway);
    const names = all.filter((room) => maySee(room, user.name)).map(({ name }) => name);
    if (names.length === 0) return tell(texts.noRooms);
    return tell(texts.rooms(names.toSorted((a, b) => a.localeCompare(b))));
  },
};
