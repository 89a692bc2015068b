import { nameKey } from '@chat-server/protocol';
import { putsOut } from './moderation';
import type { RoomEvent } from './room-event';

/** A connection that is in a room by the room's log. */
export interface Occupant {
  readonly name: string;
  readonly origin: string;
  /** When it came in. */
  readonly atMs: number;
}

/** Quiet events that are remembered for those who read slowly. */
const quietMax = 4_096;

/**
 * Who is in a room by its log, which is one order for all nodes: someone has come when the first of
 * their connections has, and left when the last one has. What others of theirs do in between is
 * quiet: nobody is shown it.
 */
export class Occupants {
  readonly #byName = new Map<string, ReadonlyMap<string, Occupant>>();
  readonly #quiet = new Set<number>();
  #upTo = 0;

  /**
   * `newsMaxMs`: how long one is taken to be here whom the directory does not know, since news of other
   * nodes may come later; 0 where there are none.
   */
  constructor(private readonly newsMaxMs: number) {}

  /** How many people there are. */
  get size(): number {
    return this.#byName.size;
  }

  /** Whether nothing of the log has been seen. */
  get isNew(): boolean {
    return this.#upTo === 0;
  }

  has(name: string): boolean {
    return this.#byName.has(nameKey(name));
  }

  /** The connections of a node. */
  *on(isOnNode: (origin: string) => boolean): Iterable<Occupant> {
    for (const occupants of this.#byName.values()) {
      for (const occupant of occupants.values()) if (isOnNode(occupant.origin)) yield occupant;
    }
  }

  /** Somebody was here before the log that is to be seen begins. */
  add(occupant: Occupant): void {
    const key = nameKey(occupant.name);
    this.#byName.set(key, new Map(this.#byName.get(key)).set(occupant.origin, occupant));
  }

  /**
   * The event as members are shown it: marked where it is quiet. Each event of the log is to be seen
   * in its order; one that has been seen before is answered alike.
   */
  see(event: RoomEvent, offset: number, isOnline: (origin: string) => boolean): RoomEvent {
    if (offset > this.#upTo) {
      this.#upTo = offset;
      if (!this.#isShown(event, isOnline)) this.#note(offset);
    }
    return this.#quiet.has(offset) ? { ...event, isQuiet: true } : event;
  }

  /** Forgets whom others do not know here: part of the log is missing. */
  keepOnly(isHere: (occupant: Occupant) => boolean): void {
    for (const [key, occupants] of this.#byName) {
      this.#set(key, new Map([...occupants].filter(([, occupant]) => isHere(occupant))));
    }
  }

  #isShown(event: RoomEvent, isOnline: (origin: string) => boolean): boolean {
    if (event.kind === 'destroyed') this.#byName.clear();
    // All connections of who is put out leave at this event, and no other one says so.
    const { moderation } = event;
    if (moderation !== undefined && putsOut(moderation)) {
      this.#byName.delete(nameKey(moderation.target));
    }
    if (event.kind === 'joined') return this.#joined(event, isOnline);
    return event.kind !== 'left' || this.#left(event);
  }

  /** A guest's name is one connection's: nobody else has it, whatever is known of it. */
  #joined(
    { by: name, origin, atMs, isRegistered }: RoomEvent,
    isOnline: (origin: string) => boolean,
  ) {
    const key = nameKey(name);
    const known = isRegistered === true ? [...(this.#byName.get(key)?.values() ?? [])] : [];
    const others = known.filter(
      (each) =>
        each.origin !== origin && (isOnline(each.origin) || atMs - each.atMs < this.newsMaxMs),
    );
    const all = [...others, { name, origin, atMs }];
    this.#byName.set(key, new Map(all.map((each) => [each.origin, each])));
    return others.length === 0;
  }

  #left({ by, origin }: RoomEvent): boolean {
    const key = nameKey(by);
    const others = new Map(this.#byName.get(key));
    others.delete(origin);
    this.#set(key, others);
    return others.size === 0;
  }

  #set(key: string, occupants: ReadonlyMap<string, Occupant>): void {
    if (occupants.size > 0) this.#byName.set(key, occupants);
    else this.#byName.delete(key);
  }

  #note(offset: number): void {
    this.#quiet.add(offset);
    const [oldest = 0] = this.#quiet;
    if (this.#quiet.size > quietMax) this.#quiet.delete(oldest);
  }
}
