import type { Batch } from '../store';
import { RedisFollower, type Taken } from './redis-follower';
import type { RedisRecord } from './redis-record';

/** A batch as it is kept, from its parts. */
export function record(
  first: number,
  previous: number,
  entries: readonly string[],
  author = '-',
): RedisRecord {
  const last = first + entries.length - 1;
  return { first, last, previous, atMs: 0, author, entries: () => entries };
}

/** A batch of the model. */
interface Kept {
  readonly record: RedisRecord;
  /** How many failovers there were when it was appended. */
  readonly era: number;
}

/** What the follower was told, entry by entry. */
export type Told =
  | { readonly offset: number; readonly entry: string; readonly era: number }
  | { readonly gap: string };

/** A read under way: asked with this cursor and, once answered, with what there was then. */
interface Read {
  readonly cursor: number;
  answer?: {
    readonly head: number;
    readonly records: readonly RedisRecord[];
  };
}

const pageBatchesMax = 2;

/**
 * A channel as the scripts keep it, a follower, and all that is on the way between them. Reads are
 * done as RedisFollowers does them: one at a time, in pages, and once more when asked meanwhile.
 */
export class ChannelModel {
  /** All batches that the server has not lost, removed ones included. */
  lineage: readonly Kept[] = [];
  readonly told: Told[] = [];
  /** After which offset the follower began, and what was there up to it. */
  readonly start: number;
  readonly knownBefore: readonly string[];
  readonly #all: Kept[] = [];
  readonly #eras = new Map<number, number>();
  readonly #numbers = new Map<string, number>();
  #removed = 0;
  #eraNow = 0;
  /** The greatest offset ever given, by whichever server. */
  #given = 0;
  #hasJumped = true;
  #onTheWay: RedisRecord[] = [];
  #read: Read | undefined;
  #isAskedAgain = false;
  readonly #follower: RedisFollower;

  constructor(before: readonly number[], afterOffset: (head: number) => number) {
    for (const size of before) this.append('a', size, false);
    this.#onTheWay = [];
    this.start = afterOffset(this.head);
    this.knownBefore = this.lineage
      .flatMap((kept) => kept.record.entries() as readonly string[])
      .slice(0, this.start);
    this.#follower = new RedisFollower(this.start, (batch) => this.#note(batch));
    this.ask();
  }

  get head(): number {
    return this.lineage.at(-1)?.record.last ?? 0;
  }

  append(author: string, size: number, isHere: boolean): void {
    const number = (this.#numbers.get(author) ?? 0) + 1;
    this.#numbers.set(author, number);
    const entries = Array.from({ length: size }, (_, index) => `${author}${number}.${index}`);
    this.#add(entries, `${author}:${number}`, isHere);
  }

  /** Sends an author's newest batch again; the server knows it, unless it has lost it. */
  sendAgain(author: string): void {
    const mark = `${author}:${this.#numbers.get(author)}`;
    const sent = this.#all.find((kept) => kept.record.author === mark);
    if (sent === undefined || this.lineage.some((kept) => kept.record.author === mark)) return;
    this.#add(sent.record.entries() as readonly string[], mark, false);
  }

  trim(batches: number): void {
    this.#removed = Math.min(this.#removed + batches, this.lineage.length);
  }

  /** Another server goes on, without the newest batches. */
  failOver(lost: number): void {
    this.lineage = this.lineage.slice(0, Math.max(0, this.lineage.length - lost));
    this.#removed = Math.min(this.#removed, this.lineage.length);
    this.#eraNow++;
    this.#hasJumped = false;
  }

  /** Something that was published arrives: the next, or one out of turn, maybe not for the last time. */
  hear(index: number, isRepeated: boolean): void {
    const at = index % Math.max(1, this.#onTheWay.length);
    const heard = this.#onTheWay[at];
    if (heard === undefined) return;
    if (!isRepeated) this.#onTheWay.splice(at, 1);
    this.#offer(heard);
  }

  /** All that is on the way is lost with the connection, and another one is made. */
  reconnect(): void {
    this.#onTheWay = [];
    this.ask();
  }

  ask(): void {
    if (this.#read === undefined) this.#read = { cursor: this.#follower.cursor };
    else this.#isAskedAgain = true;
  }

  /** The server does what is asked of it. */
  answer(): void {
    const read = this.#read;
    if (read === undefined || read.answer !== undefined) return;
    const records = this.lineage
      .slice(this.#removed)
      .map((kept) => kept.record)
      .filter(({ last }) => last > read.cursor)
      .slice(0, pageBatchesMax);
    read.answer = { head: this.head, records };
  }

  /** Its answer arrives. */
  arrive(): void {
    const { cursor, answer } = this.#read ?? {};
    if (cursor === undefined || answer === undefined) return;
    for (const each of answer.records) this.#follower.takeRead(each);
    const isMore = answer.records.length === pageBatchesMax;
    if (!isMore) this.#follower.takeHead(answer.head, cursor);
    this.#read = undefined;
    if (!isMore && !this.#isAskedAgain) return;
    if (!isMore) this.#isAskedAgain = false;
    this.ask();
  }

  /** Everything that is under way comes to its end. */
  settle(): void {
    this.reconnect();
    while (this.#read !== undefined) {
      this.answer();
      this.arrive();
    }
  }

  /** Whether what was given an offset in an era was lost in a failover. */
  isLost(offset: number, era: number): boolean {
    return !this.lineage.some(
      (kept) => kept.era === era && kept.record.first <= offset && offset <= kept.record.last,
    );
  }

  #add(entries: readonly string[], mark: string, isHere: boolean): void {
    // As a server whose clock is ahead of all offsets that were ever given.
    const from = this.#hasJumped ? this.head : this.#given + 100;
    this.#hasJumped = true;
    const added = record(from + 1, this.head, entries, mark);
    this.#given = Math.max(this.#given, added.last);
    for (let at = added.first; at <= added.last; at++) this.#eras.set(at, this.#eraNow);
    this.lineage = [...this.lineage, { record: added, era: this.#eraNow }];
    this.#all.push({ record: added, era: this.#eraNow });
    this.#onTheWay.push(added);
    if (isHere && this.#follower.cursor === added.previous) this.#offer(added);
  }

  #offer(offered: RedisRecord): void {
    const taken: Taken = this.#follower.take(offered);
    if (taken === 'behind') this.ask();
  }

  #note({ firstOffset, entries, gap }: Batch<unknown>): void {
    if (gap !== undefined) this.told.push({ gap });
    for (const [index, entry] of (entries as readonly string[]).entries()) {
      const offset = firstOffset + index;
      this.told.push({ offset, entry, era: this.#eraOf(offset) });
    }
  }

  #eraOf(offset: number): number {
    return this.#eras.get(offset) ?? -1;
  }
}
