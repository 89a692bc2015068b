import { nameKey, texts } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import { holdingOf } from '../domain/holding';
import type { Person } from '../domain/person';
import { readLog } from '../domain/log-reader';
import { lineOf, type RoomEvent } from '../domain/room-event';
import {
  isExpectedBack,
  isNews,
  isSameGuest,
  isUnseen,
  mayReturn,
  type Place,
  returnMs,
  type Stay,
} from '../domain/return';
import type { Room } from '../domain/room';
import type { RoomRights } from '../domain/room-rights';
import { channelOf, documentOf, returnsCollection } from '../store/keys';
import type { Services } from './services';
import type { Session } from './session';
import type { Changed, DocumentKey, Store } from '../store/store';

/** Lines that are shown to who is back, of those they missed. */
const missedLinesMax = 200;
/** A room's lines that are looked through for them; joins and leaves are among these. */
const eventsReadMax = 1_000;
/** Memories that nobody asked for and that are removed at a time. */
const removedMax = 1_000;
/** A node is noticed to be gone by so long after it last showed a line. */
const noticedWithinMs = 15_000;

/**
 * Where people were whose node has ended, for two minutes: who logs in by that name, on any node that
 * shares the store, is put back and shown what they missed.
 *
 * A node that ends in order writes it into the store. A node that is killed cannot: each of the
 * others remembers for itself, from what it knew of that node's people.
 */
export class Returns {
  /** By name, as compared; of nodes that were killed. */
  readonly #ofTheGone = new Map<string, Place>();
  readonly #writing = new Set<Promise<unknown>>();
  #lastSweepMs = 0;
  /** Whether everyone here was told to connect again. */
  #isTold = false;

  constructor(
    private readonly store: Pick<Store, 'read' | 'change' | 'list' | 'tail'>,
    private readonly now: () => number,
  ) {}

  /** Everyone here is told to connect again: whoever goes from now on is expected back. */
  expectAll(): void {
    this.#isTold = true;
  }

  /** Someone goes, for a reason, and is remembered if they are expected back: answers whether. */
  departs(name: string, reason: string | undefined, stay: Stay): boolean {
    if (!isExpectedBack(reason, this.#isTold)) return false;
    const nowMs = this.now();
    const { room = '', seen = { atMs: nowMs }, address, origin } = stay;
    const place: Place = { name, room, seen, address, origin, untilMs: nowMs + returnMs };
    const rule = (): Changed<Place, never> => ({ ok: true, document: place });
    this.#write(this.store.change<Place, never>(placeOf(name), rule));
    return true;
  }

  /** A node was killed, and these were on it. */
  rememberGone(people: readonly Omit<Presence, 'sinceMs'>[]): void {
    const nowMs = this.now();
    for (const [key, { untilMs }] of this.#ofTheGone) {
      if (untilMs <= nowMs) this.#ofTheGone.delete(key);
    }
    const seen = { atMs: nowMs - noticedWithinMs };
    const untilMs = nowMs + returnMs;
    for (const { name, room = '', origin, address } of people) {
      const place = {
        name,
        room,
        seen,
        origin,
        untilMs,
        ...(address !== undefined && { address }),
      };
      this.#ofTheGone.set(nameKey(name), place);
    }
  }

  /** Someone has that name on another node by now. */
  forgetGone(name: string): void {
    this.#ofTheGone.delete(nameKey(name));
  }

  /** Resolves when all that was remembered is in the store, or could not be. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  /**
   * Where someone is to be put back who has just logged in, once; undefined where nowhere. A guest
   * who comes from where that name came from has what they had in rooms before.
   */
  async take(person: Person, address: string, rights: RoomRights): Promise<Place | undefined> {
    const { name } = person;
    const gone = this.#ofTheGone.get(nameKey(name));
    this.forgetGone(name);
    const answer = await this.store.read<Place>(placeOf(name));
    const kept = answer.ok ? answer.value : undefined;
    if (kept !== undefined) await this.#remove(kept);
    this.#sweep();
    const nowMs = this.now();
    const place = [kept, gone].find((each) => each !== undefined && each.untilMs > nowMs);
    if (place === undefined) return undefined;
    if (place.origin !== undefined && isSameGuest(place, person, address)) {
      await rights.move({ name, origin: place.origin }, holdingOf(person));
    }
    if (place.room === '') return undefined;
    const room = await this.store.read<Room>(documentOf(nameKey(place.room)));
    return room.ok && mayReturn(place, room.value, person, address) ? place : undefined;
  }

  /**
   * The lines that someone missed who is back at a place, and whose joining it is told in the room's
   * log by `origin`; all that comes after that they are shown as everyone is.
   */
  async missed({ room, seen }: Place, origin: string): Promise<readonly string[]> {
    const answer = await this.store.tail<RoomEvent>(channelOf(nameKey(room)), eventsReadMax);
    if (!answer.ok) return [];
    const { head } = answer.value;
    const entries = readLog(answer.value.entries);
    const first = head - entries.length + 1;
    const joined = entries.findLastIndex(
      (each) => each.kind === 'joined' && each.origin === origin,
    );
    const missed = entries
      .slice(0, joined === -1 ? undefined : joined)
      .filter((event, index) => isUnseen(event, first + index, seen) && isNews(event));
    if (missed.length === 0) return [];
    const shown = missed.slice(-missedLinesMax);
    return [
      texts.missedMeanwhile(room, missed.length, shown.length),
      ...shown.map((event) => lineOf(event, room)),
    ];
  }

  #write(written: Promise<unknown>): void {
    this.#writing.add(written);
    void written.finally(() => this.#writing.delete(written));
  }

  /** Unless another one has taken its place. */
  async #remove({ name, untilMs }: Place): Promise<void> {
    await this.store.change<Place, 'newer'>(placeOf(name), (place) =>
      place === undefined || place.untilMs <= untilMs
        ? { ok: true, document: undefined }
        : { ok: false, refused: 'newer' },
    );
  }

  /** Now and then, memories are removed of those who have not come back. */
  #sweep(): void {
    const nowMs = this.now();
    if (nowMs - this.#lastSweepMs < returnMs) return;
    this.#lastSweepMs = nowMs;
    this.#write(this.#removeOld(nowMs));
  }

  async #removeOld(nowMs: number): Promise<void> {
    const answer = await this.store.list<Place>(returnsCollection);
    if (!answer.ok) return;
    const old = answer.value.filter(({ untilMs }) => untilMs <= nowMs).slice(0, removedMax);
    await Promise.all(old.map((place) => this.#remove(place)));
  }
}

function placeOf(name: string): DocumentKey {
  return { collection: returnsCollection, id: nameKey(name) };
}

/**
 * Has a session that is over remembered, if it is expected back: where it was, what it had read, and
 * who it was. Answers whether it is.
 */
export function expectBack(
  { origin, user, closeReason, peer }: Session,
  { returns, seats }: Pick<Services, 'returns' | 'seats'>,
): boolean {
  if (user === undefined) return false;
  const { name, room } = user;
  const cursor = room === undefined ? undefined : seats.of(nameKey(room)).get(origin)?.cursor;
  const seen = typeof cursor === 'number' ? { offset: cursor } : undefined;
  return returns.departs(name, closeReason, { room, seen, address: peer.address, origin });
}
