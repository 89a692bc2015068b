import { entriesIn } from '../unreadable';

/** A batch of a channel, as it is kept and published. */
export interface RedisRecord {
  readonly first: number;
  readonly last: number;
  /** The channel's head before it; less than `first - 1` where a restarted server began anew. */
  readonly previous: number;
  readonly atMs: number;
  /** Which append of which process it is, so that one that was made again is known; else `-`. */
  readonly author: string;
  /** Its entries, parsed when they are needed. */
  entries(): readonly unknown[];
}

/** More than a channel keeps, so that nobody is made to count further. */
const entriesMax = 1_000_000;

/**
 * What is kept under `<last>-<entries>`: `<first> <previous> <ms> <author>`, a line end, JSON.
 * Undefined for what no script of ours has written.
 */
export function recordOf(id: string, text: string): RedisRecord | undefined {
  const end = text.indexOf('\n');
  if (end === -1) return undefined;
  const [first = '', previous = '', atMs = '', author = ''] = text.slice(0, end).split(' ');
  const record = {
    first: Number(first),
    last: Number(id.slice(0, id.indexOf('-'))),
    previous: Number(previous),
    atMs: Number(atMs),
    author,
  };
  if (!isSound(record)) return undefined;
  const count = record.last - record.first + 1;
  return { ...record, entries: () => entriesIn(text.slice(end + 1), count) };
}

function isSound({ first, last, previous, atMs }: Omit<RedisRecord, 'entries'>): boolean {
  if (![first, last, previous, atMs].every((number) => Number.isSafeInteger(number))) return false;
  return previous >= 0 && previous < first && first <= last && last - first < entriesMax;
}

/** What is published: `<last> ` and then as it is kept. Undefined for what is not that. */
export function publishedRecord(message: string): RedisRecord | undefined {
  const space = message.indexOf(' ');
  return recordOf(`${message.slice(0, space)}-`, message.slice(space + 1));
}

export interface RedisRead {
  readonly head: number;
  /** Those that are batches of ours. */
  readonly records: readonly RedisRecord[];
  /** Batches that were read, ours or not. */
  readonly count: number;
}

/** What scripts that read answer: the head, then ids and batches in turns. */
export function readOf(answer: unknown): RedisRead {
  const [head = '0', ...pairs] = answer as readonly string[];
  const records: RedisRecord[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const record = recordOf(pairs[at] ?? '', pairs[at + 1] ?? '');
    if (record !== undefined) records.push(record);
  }
  return { head: offsetIn(head), records, count: Math.ceil(pairs.length / 2) };
}

/** 0 for what is no offset. */
export function offsetIn(text: string): number {
  const offset = Number(text);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}
