import type { Directory } from '../domain/directory';
import type { Room } from '../domain/room';
import type { RoomCatalogue } from '../domain/room-catalogue';
import type { RoomsView } from '../observer/observer';

/** The rooms there are change seldom, and asking for them costs the store something. */
const listEveryMs = 10_000;
const roomsListedMax = 100;

/** How many are in which public room, on all nodes; of private rooms, how many there are. */
export class Occupancy {
  #rooms: readonly Room[] = [];
  #listedAtMs = -Infinity;

  constructor(
    private readonly catalogue: Pick<RoomCatalogue, 'list'>,
    private readonly directory: Pick<Directory, 'countInRoom'>,
    private readonly now: () => number,
  ) {}

  /** Sizes as they are now; where the store is away, of the rooms that were there before. */
  async view(): Promise<RoomsView> {
    const now = this.now();
    if (now - this.#listedAtMs >= listEveryMs) {
      this.#listedAtMs = now;
      const rooms = await this.catalogue.list();
      if (rooms !== 'store-away') this.#rooms = rooms;
    }
    const open = this.#rooms.filter(({ isPrivate }) => !isPrivate);
    const sizes = open.map(({ name }) => ({ name, size: this.directory.countInRoom(name) }));
    const rooms = sizes.toSorted((one, other) => other.size - one.size).slice(0, roomsListedMax);
    return {
      rooms,
      publicCount: open.length,
      privateCount: this.#rooms.length - open.length,
    };
  }
}
