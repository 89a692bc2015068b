import type { NodeIdentity } from '../domain/node-identity';
import type { RoomEvent } from '../domain/room-event';
import { channelOf } from '../store/keys';
import type { Store } from '../store/store';
import type { Leaver } from './room-message';
import type { Member } from './seat';

export interface RoomWriterArgs {
  readonly key: string;
  readonly store: Pick<Store, 'append'>;
  readonly identity: NodeIdentity;
  readonly now: () => number;
  /** The store has not kept an event, nor will it, but for one that somebody has left. */
  readonly notKept: (event: RoomEvent) => void;
  /** Some have left, which the log does not say yet: {@link RoomWriter.appendAgain} is to be called. */
  readonly owes: () => void;
}

type Author = Pick<Member, 'name' | 'origin' | 'person'>;

/** Writes a room's log: what happens during one wake-up of its actor is appended together. */
export class RoomWriter {
  #pending: RoomEvent[] = [];
  /** That some have left: said as soon as the store is back, or others would take them to be here. */
  #owed: readonly RoomEvent[] = [];
  /** The last append, done when it is kept or its authors have been told. */
  #appended = Promise.resolve();
  #isClosed = false;

  constructor(private readonly args: RoomWriterArgs) {}

  get hasPending(): boolean {
    return this.#pending.length + this.#owed.length > 0;
  }

  /** Adds nothing from now on: it would be read in the next room of that name. */
  close(): void {
    this.#isClosed = true;
  }

  happen(
    kind: RoomEvent['kind'],
    { name, origin, person }: Author,
    text = '',
    passed: Pick<RoomEvent, 'revision' | 'paceMs'> = {},
  ): void {
    const event = { kind, atMs: this.args.now(), by: name, origin, text, ...passed };
    const isRegistered = kind === 'joined' && person.isRegistered;
    this.#pending.push(isRegistered ? { ...event, isRegistered } : event);
  }

  /** Appends what has happened; resolves when it is kept or its authors have been told. */
  append(): Promise<void> {
    return this.#pending.length === 0 ? this.#appended : this.#append();
  }

  /** Appends what the log still lacks. */
  appendAgain(): void {
    void this.#append();
  }

  #append(): Promise<void> {
    const { store, key, identity } = this.args;
    // What was said under a name that may be another's by now is not.
    const isOwn = ({ origin }: RoomEvent): boolean => !this.#isClosed && identity.has(origin);
    const owed = this.#owed.filter(isOwn);
    const events = this.#pending.filter(isOwn);
    this.#owed = [];
    this.#pending = [];
    if (owed.length + events.length === 0) return this.#appended;
    this.#appended = store.append(channelOf(key), [...owed, ...events]).then((answer) => {
      if (!answer.ok) this.#notKept(owed, events);
    });
    return this.#appended;
  }

  #notKept(owed: readonly RoomEvent[], events: readonly RoomEvent[]): void {
    for (const event of events) this.args.notKept(event);
    this.#owed = [...owed, ...events.filter(({ kind }) => kind === 'left'), ...this.#owed];
    if (this.#owed.length > 0) this.args.owes();
  }

  /** Appends that those who are gone for a cause have left; every node does, and it is done once. */
  leaveFor(cause: string, members: readonly Leaver[]): void {
    const { store, key, now } = this.args;
    const atMs = now();
    const events = members.map(({ name: by, origin }): RoomEvent => {
      return { kind: 'left', atMs, by, origin, text: '' };
    });
    if (events.length > 0) void store.append(channelOf(key), events, { once: cause });
  }
}
