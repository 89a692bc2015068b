import { nameKey } from '@chat-server/protocol';
import { nodeOf } from './origin';
import type { SharedState } from './shared-state';

/** One connection of someone who is online. */
export interface Presence {
  readonly name: string;
  /** Their connection, unique over all nodes. */
  readonly origin: string;
  readonly sinceMs: number;
  /** Whether the name is theirs by a password: then they may be connected several times. */
  readonly isRegistered?: boolean;
  /** The room they are in, as shown. */
  readonly room?: string;
  /** Since when they are where they are, so that older news does not count. */
  readonly roomAtMs?: number;
  readonly away?: string;
  /** Where their connection comes from: so nodes know who comes back to them from one that was killed. */
  readonly address?: string;
  /** Whether they are an operator of the server, where that is told. */
  readonly isOperator?: boolean;
  /** What is the same for all connections of their account, as this one knows it. */
  readonly shared?: SharedState;
}

/** What someone may count for. */
export type Standing = Required<Pick<Presence, 'isRegistered' | 'isOperator'>>;

/** Who is online, as commands see it: each person once, however often they are connected. */
export interface DirectoryView {
  /** As their first connection is. */
  find(name: string): Presence | undefined;
  /** All connections of someone. */
  allOf(name: string): readonly Presence[];
  /** In order of arrival. */
  all(): Iterable<Presence>;
  /** The members of a room, in order of arrival there. */
  inRoom(room: string): readonly Presence[];
  countInRoom(room: string): number;
  /** When someone's words were last shown on this node; 0 if never. */
  heardAtMs(name: string): number;
}

/**
 * Who is online, on every node: a table in memory that anyone may read at once, and that outlives
 * the registry actor (OTP: an ETS table with an heir). The registry adds and removes; rooms move.
 */
export class Directory implements DirectoryView {
  /** In order of arrival, and never none. */
  readonly #byName = new Map<string, readonly Presence[]>();
  readonly #rooms = new Map<string, Set<string>>();
  readonly #heardAtMs = new Map<string, number>();

  find(name: string): Presence | undefined {
    return this.allOf(name)[0];
  }

  allOf(name: string): readonly Presence[] {
    return this.#byName.get(nameKey(name)) ?? [];
  }

  /** One connection of someone. */
  at(name: string, origin: string): Presence | undefined {
    return this.allOf(name).find((presence) => presence.origin === origin);
  }

  *all(): Iterable<Presence> {
    for (const [first] of this.#byName.values()) if (first !== undefined) yield first;
  }

  /** Everybody's connections. */
  *connections(): Iterable<Presence> {
    for (const presences of this.#byName.values()) yield* presences;
  }

  /** How many people there are. */
  get size(): number {
    return this.#byName.size;
  }

  inRoom(room: string): readonly Presence[] {
    const firsts = new Map<string, Presence>();
    for (const presence of this.connectionsIn(room)) {
      const key = nameKey(presence.name);
      const first = firsts.get(key) ?? presence;
      const isEarlier = (presence.roomAtMs ?? 0) < (first.roomAtMs ?? 0);
      firsts.set(key, isEarlier ? presence : first);
    }
    return [...firsts.values()];
  }

  /** All connections that are in a room. */
  connectionsIn(room: string): readonly Presence[] {
    const roomKey = nameKey(room);
    const keys = [...(this.#rooms.get(roomKey) ?? [])];
    return keys.flatMap((key) => this.allOf(key).filter((each) => roomKeyOf(each) === roomKey));
  }

  countInRoom(room: string): number {
    return this.#rooms.get(nameKey(room))?.size ?? 0;
  }

  heardAtMs(name: string): number {
    return this.#heardAtMs.get(nameKey(name)) ?? 0;
  }

  /** Notes that someone who is online has said something. */
  hear(name: string, atMs: number): void {
    const key = nameKey(name);
    if (this.#byName.has(key)) this.#heardAtMs.set(key, atMs);
  }

  /**
   * Adds a connection, or replaces what was known of it, but for a room that it entered later. Of
   * others who have that name, those go who cannot have it besides.
   */
  put(presence: Presence): void {
    const { name, origin } = presence;
    const known = this.at(name, origin);
    const isNewer = known !== undefined && (known.roomAtMs ?? 0) > (presence.roomAtMs ?? 0);
    const put = isNewer ? inRoomOf(presence, known) : presence;
    const kept = this.allOf(name).filter(
      (each) => each.origin === origin || mayBothBe(each, presence),
    );
    const all =
      known === undefined
        ? [...kept, put]
        : kept.map((each) => (each.origin === origin ? put : each));
    this.#set(
      nameKey(name),
      all.toSorted((one, other) => one.sinceMs - other.sinceMs),
    );
  }

  /** Removes a connection of whoever has that name. */
  remove(name: string, origin: string): void {
    if (this.at(name, origin) === undefined) return;
    this.#set(
      nameKey(name),
      this.allOf(name).filter((each) => each.origin !== origin),
    );
  }

  /** Removes all connections of a node; answers which these were. */
  removeNode(node: string): readonly Presence[] {
    const gone = [...this.connections()].filter(({ origin }) => nodeOf(origin) === node);
    for (const { name, origin } of gone) this.remove(name, origin);
    return gone;
  }

  /** Forgets everyone. */
  clear(): void {
    this.#byName.clear();
    this.#rooms.clear();
    this.#heardAtMs.clear();
  }

  /** Notes which room a connection is in since `atMs`, if nothing later is known; none when not given. */
  move(name: string, origin: string, atMs: number, room?: string): void {
    const presence = this.at(name, origin);
    if (presence === undefined || (presence.roomAtMs ?? 0) > atMs) return;
    const { room: _left, ...rest } = presence;
    const moved = { ...rest, roomAtMs: atMs };
    this.put(room === undefined ? moved : { ...moved, room });
  }

  /** Notes that someone is away, and why; back when not given. */
  setAway(name: string, origin: string, away?: string): void {
    const presence = this.at(name, origin);
    if (presence === undefined) return;
    const { away: _back, ...rest } = presence;
    this.put(away === undefined ? rest : { ...rest, away });
  }

  /** Notes what someone counts for. */
  setStanding(name: string, origin: string, standing: Standing): void {
    const presence = this.at(name, origin);
    if (presence !== undefined) this.put({ ...presence, ...standing });
  }

  #set(key: string, presences: readonly Presence[]): void {
    const before = roomKeysOf(this.#byName.get(key));
    const after = roomKeysOf(presences);
    if (presences.length > 0) this.#byName.set(key, presences);
    else {
      this.#byName.delete(key);
      this.#heardAtMs.delete(key);
    }
    for (const room of before) if (!after.has(room)) this.#leaveRoom(key, room);
    for (const room of after) if (!before.has(room)) this.#enterRoom(key, room);
  }

  #enterRoom(key: string, roomKey: string): void {
    const members = this.#rooms.get(roomKey) ?? new Set();
    this.#rooms.set(roomKey, members.add(key));
  }

  #leaveRoom(key: string, roomKey: string): void {
    const members = this.#rooms.get(roomKey);
    members?.delete(key);
    if (members?.size === 0) this.#rooms.delete(roomKey);
  }
}

/**
 * Whether two connections may have one name: both by its password, or where one of them has given it
 * up, and the other is about to be asked to log in again.
 */
export function mayBothBe(one: Presence, other: Presence): boolean {
  if (one.isRegistered === true && other.isRegistered === true) return true;
  return [one, other].some(({ shared }) => shared?.isGivenUp?.value === true);
}

function roomKeyOf({ room }: Presence): string | undefined {
  return room === undefined ? undefined : nameKey(room);
}

function roomKeysOf(presences: readonly Presence[] = []): ReadonlySet<string> {
  return new Set(presences.flatMap((presence) => roomKeyOf(presence) ?? []));
}

function inRoomOf({ room: _room, ...presence }: Presence, { room, roomAtMs }: Presence): Presence {
  return {
    ...presence,
    ...(room !== undefined && { room }),
    ...(roomAtMs !== undefined && { roomAtMs }),
  };
}
