import type { DatabaseSync } from 'node:sqlite';
import type { Batch, Tail } from './store';
import { entriesIn } from './unreadable';

/** How much a channel keeps. */
export interface LogLimits {
  /** Entries of one channel; up to half as many more stay until they are removed together. */
  readonly channelEntriesMax: number;
  readonly entryAgeMaxMs: number;
}

/** Batches removed for their age in one go, so that nothing else waits for long. */
const sweptBatchesMax = 500;
/** Channels whose ends are remembered; more are looked up again. */
const endsMax = 20_000;

interface Ends {
  head: number;
  /** What is kept begins after this. */
  trimmedUpTo: number;
}

interface BatchRow {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly entries: string;
}

const columns = 'first_offset AS firstOffset, last_offset AS lastOffset, entries';

function statements(database: DatabaseSync) {
  return {
    insert: database.prepare('INSERT INTO batch VALUES (?, ?, ?, ?, ?)'),
    newest: database.prepare(
      'SELECT last_offset AS head FROM batch WHERE channel = ? ORDER BY last_offset DESC LIMIT 1',
    ),
    oldest: database.prepare(
      'SELECT first_offset AS first FROM batch WHERE channel = ? ORDER BY last_offset LIMIT 1',
    ),
    tail: database.prepare(
      `SELECT ${columns} FROM batch WHERE channel = ? AND at_ms > ? ORDER BY last_offset DESC`,
    ),
    after: database.prepare(
      `SELECT ${columns} FROM batch WHERE channel = ? AND at_ms > ? AND last_offset > ? ORDER BY last_offset`,
    ),
    removeUpTo: database.prepare('DELETE FROM batch WHERE channel = ? AND last_offset <= ?'),
    old: database.prepare(
      'SELECT channel, last_offset AS last FROM batch WHERE at_ms <= ? ORDER BY at_ms LIMIT ?',
    ),
    remove: database.prepare('DELETE FROM batch WHERE channel = ? AND last_offset = ?'),
    floor: database.prepare("SELECT value FROM counter WHERE name = 'offset_floor'"),
    raiseFloor: database.prepare(
      "UPDATE counter SET value = max(value, ?) WHERE name = 'offset_floor'",
    ),
  };
}

/**
 * The channels in a database. Methods throw what SQLite throws, and those that write expect a
 * transaction around them.
 *
 * Where a channel's newest batch is removed, one number for all channels is raised above its
 * offsets, and a channel without batches goes on from there: so a name that is no longer used leaves
 * nothing behind, and no offset is given twice.
 */
export class SqliteLog {
  readonly #statements: ReturnType<typeof statements>;
  readonly #ends = new Map<string, Ends>();

  constructor(
    database: DatabaseSync,
    private readonly limits: LogLimits,
  ) {
    this.#statements = statements(database);
  }

  /** Forgets what it knows of channels: a transaction was undone. */
  forget(): void {
    this.#ends.clear();
  }

  /** Appends entries; answers the offset of the first. */
  append(channel: string, entries: readonly unknown[], now: number): number {
    const { channelEntriesMax } = this.limits;
    const ends = this.#endsOf(channel);
    const firstOffset = ends.head + 1;
    if (entries.length === 0) return firstOffset;
    const kept = entries.slice(-channelEntriesMax);
    const json = JSON.stringify(kept);
    ends.head += entries.length;
    const firstKept = ends.head - kept.length + 1;
    this.#statements.insert.run(channel, ends.head, firstKept, Math.floor(now), json);
    // Removing in large steps: each costs about the same, however much it removes.
    if (ends.head - ends.trimmedUpTo > channelEntriesMax * 1.5) {
      ends.trimmedUpTo = ends.head - channelEntriesMax;
      this.#statements.removeUpTo.run(channel, ends.trimmedUpTo);
    }
    return firstOffset;
  }

  tail(channel: string, countMax: number, now: number): Tail<unknown> {
    const count = Math.min(countMax, this.limits.channelEntriesMax);
    const { head } = this.#endsOf(channel);
    const batches: unknown[][] = [];
    let found = 0;
    if (count > 0) {
      for (const row of this.#statements.tail.iterate(channel, this.#oldestMs(now))) {
        const { entries } = this.#batchOf(row);
        batches.push(entries);
        found += entries.length;
        if (found >= count) break;
      }
    }
    const entries = batches.toReversed().flat();
    return { entries: found > count ? entries.slice(found - count) : entries, head };
  }

  /** What is kept after an offset, oldest first. */
  after(channel: string, offset: number, now: number): readonly Batch<unknown>[] {
    if (offset >= this.#endsOf(channel).head) return [];
    const rows = this.#statements.after.all(channel, this.#oldestMs(now), offset);
    return rows.map((row) => {
      const { firstOffset, entries } = this.#batchOf(row);
      const known = Math.max(0, offset - firstOffset + 1);
      return { firstOffset: firstOffset + known, entries: entries.slice(known) };
    });
  }

  drop(channel: string): void {
    const ends = this.#endsOf(channel);
    this.#statements.raiseFloor.run(ends.head);
    this.#statements.removeUpTo.run(channel, ends.head);
    ends.trimmedUpTo = ends.head;
  }

  /** Removes some of what is too old; answers whether that may not have been all. */
  sweep(now: number): boolean {
    const old = this.#statements.old.all(this.#oldestMs(now), sweptBatchesMax);
    for (const row of old) {
      const { channel, last } = row as unknown as { channel: string; last: number };
      this.#statements.raiseFloor.run(last);
      this.#statements.remove.run(channel, last);
    }
    return old.length === sweptBatchesMax;
  }

  /** Writes, and changes nothing. */
  touch(): void {
    this.#statements.raiseFloor.run(0);
  }

  /** One that says to have more than a channel keeps has only its newest. */
  #batchOf(row: unknown): { firstOffset: number; entries: unknown[] } {
    const { firstOffset, lastOffset, entries } = row as BatchRow;
    const count = Math.min(
      Math.max(lastOffset - firstOffset + 1, 1),
      this.limits.channelEntriesMax,
    );
    return { firstOffset: lastOffset - count + 1, entries: entriesIn(entries, count) };
  }

  #oldestMs(now: number): number {
    return Math.floor(now) - this.limits.entryAgeMaxMs;
  }

  #endsOf(channel: string): Ends {
    const known = this.#ends.get(channel);
    if (known !== undefined) return known;
    if (this.#ends.size >= endsMax) this.#ends.clear();
    const head = numberIn(this.#statements.newest.get(channel));
    const first = numberIn(this.#statements.oldest.get(channel));
    const floor = head ?? numberIn(this.#statements.floor.get()) ?? 0;
    const ends = { head: floor, trimmedUpTo: first === undefined ? floor : first - 1 };
    this.#ends.set(channel, ends);
    return ends;
  }
}

/** The one number in a row, where there is a row. */
function numberIn(row: object | undefined): number | undefined {
  return row === undefined ? undefined : Number(Object.values(row)[0]);
}
