import { nameKey } from '@chat-server/protocol';
import { nodeOf } from './origin';

/** Someone who is online. */
export interface Presence {
  readonly name: string;
  /** Their connection, unique over all nodes. */
  readonly origin: string;
  readonly sinceMs: number;
  /** The room they are in, as shown. */
  readonly room?: string;
  /** Since when they are where they are, so that older news does not count. */
  readonly roomAtMs?: number;
  readonly away?: string;
  /** Whether the name is theirs by a password. */
  readonly isRegistered?: boolean;
  /** Where their connection comes from: so nodes know who comes back to them from one that was killed. */
  readonly address?: string;
  /** Whether they are an operator of the server, where that is told. */
  readonly isOperator?: boolean;
}

/** What someone may count for. */
export type Standing = Required<Pick<Presence, 'isRegistered' | 'isOperator'>>;

/** Who is online, as commands see it. */
export interface DirectoryView {
  find(name: string): Presence | undefined;
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
  readonly #byName = new Map<string, Presence>();
  readonly #rooms = new Map<string, Set<string>>();
  readonly #heardAtMs = new Map<string, number>();

  find(name: string): Presence | undefined {
    return this.#byName.get(nameKey(name));
  }

  all(): Iterable<Presence> {
    return this.#byName.values();
  }

  get size(): number {
    return this.#byName.size;
  }

  inRoom(room: string): readonly Presence[] {
    const keys = this.#rooms.get(nameKey(room)) ?? [];
    return [...keys].flatMap((key) => this.#byName.get(key) ?? []);
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

  /** Adds someone, or replaces what was known of that name, but for a room that they entered later. */
  put(presence: Presence): void {
    const key = nameKey(presence.name);
    const known = this.#byName.get(key);
    const isNewer =
      known?.origin === presence.origin && (known.roomAtMs ?? 0) > (presence.roomAtMs ?? 0);
    this.#set(key, isNewer ? inRoomOf(presence, known) : presence);
  }

  /** Removes whoever has that name, if it is this connection's. */
  remove(name: string, origin: string): void {
    const key = nameKey(name);
    if (this.#byName.get(key)?.origin !== origin) return;
    this.#leaveRoom(key);
    this.#byName.delete(key);
    this.#heardAtMs.delete(key);
  }

  /** Removes everyone who is on a node; answers who that was. */
  removeNode(node: string): readonly Presence[] {
    const gone = [...this.all()].filter(({ origin }) => nodeOf(origin) === node);
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
    const presence = this.find(name);
    if (presence?.origin !== origin || (presence.roomAtMs ?? 0) > atMs) return;
    const { room: _left, ...rest } = presence;
    const moved = { ...rest, roomAtMs: atMs };
    this.#set(nameKey(name), room === undefined ? moved : { ...moved, room });
  }

  /** Notes that someone is away, and why; back when not given. */
  setAway(name: string, origin: string, away?: string): void {
    const presence = this.find(name);
    if (presence?.origin !== origin) return;
    const { away: _back, ...rest } = presence;
    this.#byName.set(nameKey(name), away === undefined ? rest : { ...rest, away });
  }

  /** Notes whether someone's name is theirs by a password. */
  setStanding(name: string, origin: string, standing: Standing): void {
    const presence = this.find(name);
    if (presence?.origin !== origin) return;
    this.#byName.set(nameKey(name), { ...presence, ...standing });
  }

  #set(key: string, presence: Presence): void {
    this.#leaveRoom(key);
    this.#byName.set(key, presence);
    if (presence.room !== undefined) this.#enterRoom(key, presence.room);
  }

  #enterRoom(key: string, room: string): void {
    const roomKey = nameKey(room);
    const members = this.#rooms.get(roomKey) ?? new Set();
    this.#rooms.set(roomKey, members.add(key));
  }

  #leaveRoom(key: string): void {
    const room = this.#byName.get(key)?.room;
    if (room === undefined) return;
    const members = this.#rooms.get(nameKey(room));
    members?.delete(key);
    if (members?.size === 0) this.#rooms.delete(nameKey(room));
  }
}

function inRoomOf({ room: _room, ...presence }: Presence, { room, roomAtMs }: Presence): Presence {
  return {
    ...presence,
    ...(room !== undefined && { room }),
    ...(roomAtMs !== undefined && { roomAtMs }),
  };
}
