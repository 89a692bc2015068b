import { nameKey } from '@chat-server/protocol';
import type { Directory } from '../domain/directory';
import type { Occupant, Occupants } from '../domain/occupants';
import { nodeOf } from '../domain/origin';
import type { RoomEvent } from '../domain/room-event';
import type { Tail } from '../store/store';
import type { Leaver, RoomMessage } from './room-message';

/** Who is in a room on any node: by its log, and by the directory where that does not tell. */
export class Attendance {
  constructor(
    private readonly key: string,
    private readonly occupants: Occupants,
    private readonly directory: Directory,
  ) {}

  /** The log's end as members are shown it; who came before it, the directory knows. */
  recollect({ entries, head }: Tail<RoomEvent>): Tail<RoomEvent> {
    if (this.occupants.isNew) {
      const moves = entries.filter(({ kind }) => kind === 'joined' || kind === 'left');
      const told = new Set(moves.map(({ origin }) => origin));
      for (const { name, origin, roomAtMs } of this.directory.connectionsIn(this.key)) {
        if (!told.has(origin)) this.occupants.add({ name, origin, atMs: roomAtMs ?? 0 });
      }
    }
    const first = head - entries.length + 1;
    return { entries: entries.map((event, index) => this.see(event, first + index)), head };
  }

  /** An event of the log as members are shown it. */
  see(event: RoomEvent, offset: number): RoomEvent {
    const isOnline = (origin: string): boolean => this.directory.at(event.by, origin) !== undefined;
    return this.occupants.see(event, offset, isOnline);
  }

  /** Part of the log is missing, and somebody may have left in it. */
  check(): void {
    this.occupants.keepOnly((each) => this.#isListed(each));
  }

  /** Those on a node that is gone whom the directory had here, and those whom only the log had. */
  goneWith({ members, node }: RoomMessage & { type: 'gone' }): readonly Leaver[] {
    const told = new Set(members.map(({ origin }) => origin));
    const isMissing = (origin: string): boolean => nodeOf(origin) === node && !told.has(origin);
    return [...members, ...this.occupants.on(isMissing)];
  }

  #isListed({ name, origin }: Occupant): boolean {
    const room = this.directory.at(name, origin)?.room;
    return room !== undefined && nameKey(room) === this.key;
  }
}
