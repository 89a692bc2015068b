import type { Batch } from '../store';
import type { RedisRecord } from './redis-record';

/** What a follower makes of a record. */
export type Taken = 'handed-over' | 'known' | 'behind';

const authorsMax = 64;

/**
 * One who follows a channel: a cursor, and what comes after it is handed over once and in order.
 *
 * Pure of Redis. A record is the next one if the head before it is where the cursor stands. One that
 * comes later shows that something is missing, which is to be read; one that builds on less than was
 * handed over shows that the server has lost that.
 */
export class RedisFollower {
  #cursor: number;
  /** Number of the newest batch of each author that was handed over. */
  readonly #authors = new Map<string, number>();
  /** Up to here the server has lost what it gave; what it gives now has greater offsets. */
  #floor = 0;

  constructor(
    afterOffset: number,
    private readonly onBatch: (batch: Batch<unknown>) => void,
  ) {
    this.#cursor = afterOffset;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Takes what was published, or appended here. */
  take(record: RedisRecord): Taken {
    if (record.last <= this.#cursor) return 'known';
    const isNext = record.previous === this.#cursor || this.#lies(record);
    if (!isNext || record.first <= this.#floor) return 'behind';
    this.#handOver(record, undefined);
    return 'handed-over';
  }

  /** Takes what was read: nothing that is kept lies between it and the cursor. */
  takeRead(record: RedisRecord): void {
    if (record.last <= this.#cursor) return;
    const { previous, first } = record;
    const isTrimmed = previous > this.#cursor && this.#cursor > 0;
    const isLost = previous < this.#cursor && this.#cursor < first;
    const gap = isTrimmed ? 'trimmed' : isLost ? 'lost' : undefined;
    this.#handOver(record, gap);
  }

  /**
   * Takes note of where the head was when all that is kept had been read, with the cursor that there
   * was before: since then it may have gone on to what was published.
   */
  takeHead(head: number, cursorBefore: number): void {
    if (this.#cursor === 0 || (head >= cursorBefore && head <= this.#cursor)) return;
    const gap = head < cursorBefore ? 'lost' : 'trimmed';
    const firstOffset = Math.max(head, this.#cursor) + 1;
    if (gap === 'lost') this.#floor = Math.max(this.#floor, this.#cursor);
    this.#cursor = head;
    this.onBatch({ firstOffset, entries: [], gap });
  }

  /** Whether the cursor is within a record. */
  #lies({ first, last }: RedisRecord): boolean {
    return first <= this.#cursor && this.#cursor < last;
  }

  #handOver(record: RedisRecord, gap: Batch<unknown>['gap']): void {
    const { first, last } = record;
    const known = Math.max(0, this.#cursor - first + 1);
    this.#cursor = last;
    const entries = this.#isRepeated(record) ? [] : record.entries().slice(known);
    if (entries.length === 0 && gap === undefined) return;
    const firstOffset = first + known;
    this.onBatch(gap === undefined ? { firstOffset, entries } : { firstOffset, entries, gap });
  }

  /**
   * Whether it is a batch that was handed over already: one that a server lost in a failover, and
   * that was sent again since its author had no answer.
   */
  #isRepeated({ author }: RedisRecord): boolean {
    const [name = '', number] = author.split(':');
    if (number === undefined) return false;
    const newest = this.#authors.get(name) ?? 0;
    this.#authors.delete(name);
    this.#authors.set(name, Math.max(newest, Number(number)));
    const [oldest = ''] = this.#authors.keys();
    if (this.#authors.size > authorsMax) this.#authors.delete(oldest);
    return Number(number) <= newest;
  }
}
