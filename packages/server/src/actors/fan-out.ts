import { nameKey, texts, toWire } from '@chat-server/protocol';
import { isOwnWords, lineOf, type RoomEvent } from '../domain/room-event';
import type { Ring } from './ring';
import type { Member, Seat } from './seat';

/** How much is written to one member at once who is behind, before asking whether they keep up. */
const catchUpCharactersMax = 64 * 1024;

/**
 * Sends what came after `since` to all seats: one Buffer, encoded once, that every member who is up
 * to date gets in one write. Members who do not keep up are passed over, at the cost of nothing:
 * their cursor says where they were. Who wrote some of it, or ignores who did, gets a copy without.
 */
export function fanOut(seats: Iterable<Seat>, ring: Ring, since: number, room: string): void {
  const batch = new Batch(ring, since, room);
  for (const seat of seats) {
    const { cursor, member } = seat;
    if (cursor === 'waiting' || cursor >= ring.head || member.peer.isClogged) continue;
    if (cursor < since || !batch.isWhole) {
      catchUp(seat, ring, room);
      continue;
    }
    if (batch.isForAll(member)) member.peer.writeShared(batch.bytesFrom(cursor - since));
    else writeOwn(member, batch.textFor(member, cursor - since));
    seat.cursor = ring.head;
  }
}

/**
 * Sends one seat what lies between its cursor and `upTo`, as far as its peer takes it. Where the
 * ring has moved past the cursor, a line says how many lines were missed.
 */
export function catchUp(seat: Seat, ring: Ring, room: string, upTo = ring.head): void {
  const { member } = seat;
  while (seat.cursor !== 'waiting' && seat.cursor < upTo && !member.peer.isClogged) {
    let text = '';
    const missed = Math.min(ring.first - 1, upTo) - seat.cursor;
    if (missed > 0) {
      text = toWire(texts.linesMissed(missed));
      seat.cursor += missed;
    }
    while (seat.cursor < upTo && text.length < catchUpCharactersMax) {
      seat.cursor++;
      const event = ring.at(seat.cursor);
      if (event !== undefined && isFor(event, member)) text += toWire(lineOf(event, room));
    }
    writeOwn(member, text);
  }
}

/** The events of one sending, each made a line once, and all encoded once. */
class Batch {
  /** Whether the ring still holds all of it. */
  readonly isWhole: boolean;
  readonly #events: RoomEvent[] = [];
  readonly #lines: string[] = [];
  readonly #authors = new Set<string>();
  readonly #bytes: Buffer;
  #authorNames: ReadonlySet<string> | undefined;
  #starts: readonly number[] | undefined;

  constructor(ring: Ring, since: number, room: string) {
    this.isWhole = since >= ring.first - 1;
    for (let offset = Math.max(since + 1, ring.first); offset <= ring.head; offset++) {
      const event = ring.at(offset) as RoomEvent;
      this.#events.push(event);
      this.#lines.push(toWire(lineOf(event, room)));
      if (isOwnWords(event)) this.#authors.add(event.origin);
    }
    this.#bytes = Buffer.from(this.#lines.join(''));
  }

  /** Whether a member gets every line of it. */
  isForAll({ origin, ignored }: Member): boolean {
    if (this.#authors.has(origin)) return false;
    if (ignored.size === 0) return true;
    this.#authorNames ??= new Set(this.#events.filter(isOwnWords).map(({ by }) => nameKey(by)));
    for (const name of this.#authorNames) if (ignored.has(name)) return false;
    return true;
  }

  /** All lines but the first `skipped`; of the same memory for all. */
  bytesFrom(skipped: number): Uint8Array {
    if (skipped === 0) return this.#bytes;
    this.#starts ??= startsOf(this.#lines);
    return this.#bytes.subarray(this.#starts[skipped]);
  }

  /** The lines that are for one member, but the first `skipped`. */
  textFor(member: Member, skipped: number): string {
    let text = '';
    for (let index = skipped; index < this.#lines.length; index++) {
      const event = this.#events[index];
      if (event !== undefined && isFor(event, member)) text += this.#lines[index];
    }
    return text;
  }
}

function writeOwn({ peer }: Member, text: string): void {
  peer.write(text);
  peer.flush();
}

function isFor(event: RoomEvent, { origin, ignored }: Member): boolean {
  if (!isOwnWords(event)) return true;
  if (event.origin === origin) return false;
  return ignored.size === 0 || !ignored.has(nameKey(event.by));
}

/** Where each line begins, in bytes. */
function startsOf(lines: readonly string[]): number[] {
  let start = 0;
  return lines.map((line) => {
    const at = start;
    start += Buffer.byteLength(line);
    return at;
  });
}
