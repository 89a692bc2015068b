import { texts } from '@chat-server/protocol';
import type { Person } from '../domain/person';
import { maySee } from '../domain/room';
import type { RoomCatalogue } from '../domain/room-catalogue';
import type { Command } from './command';
import { tell } from './effect';

export const rooms: Command = {
  name: 'rooms',
  group: 'Rooms',
  cost: 5,
  summary: 'lists the rooms you can join',
  async run(_rest, { person, rooms: catalogue }) {
    const names = await roomsSeenBy(person, catalogue);
    if (names === 'store-away') return tell(texts.storeAway);
    return tell(names.length === 0 ? texts.noRooms : texts.rooms(names));
  },
};

/** The names of the rooms that someone can know of, in order. */
export async function roomsSeenBy(
  person: Person,
  catalogue: RoomCatalogue,
): Promise<readonly string[] | 'store-away'> {
  const all = await catalogue.list();
  if (all === 'store-away') return all;
  const names = all.filter((room) => maySee(room, person)).map((room) => room.name);
  return names.toSorted((a, b) => a.localeCompare(b));
}
