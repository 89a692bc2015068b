import { texts } from '@chat-server/protocol';
import { maySee } from '../domain/room';
import type { RoomCatalogue } from '../domain/room-catalogue';
import type { Command } from './command';
import { tell } from './effect';

export const rooms: Command = {
  name: 'rooms',
  group: 'Rooms',
  cost: 5,
  summary: 'lists the rooms you can join',
  async run(_rest, { user, rooms: catalogue }) {
    const names = await roomsSeenBy(user.name, catalogue);
    if (names === 'store-away') return tell(texts.storeAway);
    return tell(names.length === 0 ? texts.noRooms : texts.rooms(names));
  },
};

/** The names of the rooms that someone can know of, in order. */
export async function roomsSeenBy(
  name: string,
  catalogue: RoomCatalogue,
): Promise<readonly string[] | 'store-away'> {
  const all = await catalogue.list();
  if (all === 'store-away') return all;
  const names = all.filter((room) => maySee(room, name)).map((room) => room.name);
  return names.toSorted((a, b) => a.localeCompare(b));
}
