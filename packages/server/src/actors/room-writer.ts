import type { NodeIdentity } from '../domain/node-identity';
import type { RoomEvent } from '../domain/room-event';
import { channelOf } from '../store/keys';
import type { Store } from '../store/store';
import type { Leaver } from './room-message';

export interface RoomWriterArgs {
  readonly key: string;
  readonly store: Pick<Store, 'append'>;
  readonly identity: NodeIdentity;
  readonly now: () => number;
  /** The store has not kept an event, nor will it. */
  readonly notKept: (event: RoomEvent) => void;
}

/** Writes a room's log: what happens during one wake-up of its actor is appended together. */
export class RoomWriter {
  #pending: RoomEvent[] = [];
  /** The last append, done when it is kept or its authors have been told. */
  #appended = Promise.resolve();
  #isClosed = false;

  constructor(private readonly args: RoomWriterArgs) {}

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Adds nothing from now on: it would be read in the next room of that name. */
  close(): void {
    this.#isClosed = true;
  }

  happen(
    kind: RoomEvent['kind'],
    { name, origin }: Leaver,
    text = '',
    passed: Pick<RoomEvent, 'revision' | 'paceMs'> = {},
  ): void {
    this.#pending.push({ kind, atMs: this.args.now(), by: name, origin, text, ...passed });
  }

  /** Appends what has happened; resolves when it is kept or its authors have been told. */
  append(): Promise<void> {
    const events = this.#pending;
    if (events.length === 0) return this.#appended;
    this.#pending = [];
    const { store, key, identity, notKept } = this.args;
    // What was said under a name that may be another's by now is not.
    const own = this.#isClosed ? [] : events.filter(({ origin }) => identity.has(origin));
    if (own.length === 0) return this.#appended;
    this.#appended = store.append(channelOf(key), own).then((answer) => {
      if (!answer.ok) for (const event of own) notKept(event);
    });
    return this.#appended;
  }

  /** Appends that those who are gone for a cause have left; every node does, and it is done once. */
  leaveFor(cause: string, members: readonly Leaver[]): void {
    const { store, key, now } = this.args;
    const atMs = now();
    const events = members.map(({ name: by, origin }): RoomEvent => {
      return { kind: 'left', atMs, by, origin, text: '' };
    });
    void store.append(channelOf(key), events, { once: cause });
  }
}
