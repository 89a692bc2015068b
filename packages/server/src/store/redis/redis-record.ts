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

/** What is kept under `<last>-<entries>`: `<first> <previous> <ms> <author>`, a line end, JSON. */
export function recordOf(id: string, text: string): RedisRecord {
  const end = text.indexOf('\n');
  const [first = '', previous = '', atMs = '', author = ''] = text.slice(0, end).split(' ');
  return {
    first: Number(first),
    last: Number(id.slice(0, id.indexOf('-'))),
    previous: Number(previous),
    atMs: Number(atMs),
    author,
    entries: () => JSON.parse(text.slice(end + 1)) as unknown[],
  };
}

/** What is published: `<last> ` and then as it is kept. */
export function publishedRecord(message: string): RedisRecord {
  const space = message.indexOf(' ');
  return recordOf(`${message.slice(0, space)}-`, message.slice(space + 1));
}

export interface RedisRead {
  readonly head: number;
  readonly records: readonly RedisRecord[];
}

/** What scripts that read answer: the head, then ids and batches in turns. */
export function readOf(answer: unknown): RedisRead {
  const [head = '0', ...pairs] = answer as readonly string[];
  const records: RedisRecord[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    records.push(recordOf(pairs[at] ?? '', pairs[at + 1] ?? ''));
  }
  return { head: Number(head), records };
}
