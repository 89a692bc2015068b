import type { Batch } from '../store';
import type { Appended, ChannelLimits } from './redis-appender';
import type { RedisCalls } from './redis-calls';
import { RedisFollower } from './redis-follower';
import type { RedisKeys } from './redis-keys';
import type { RedisLink } from './redis-link';
import { publishedRecord, readOf, type RedisRecord } from './redis-record';
import { scripts } from './redis-script';

interface Followed {
  readonly followers: Set<RedisFollower>;
  /** Whether what is kept is being read, has to be read once more, or could not be read. */
  reading: 'no' | 'once' | 'again' | 'failed';
}

/** Where followers stood when what comes after was asked for. */
type Cursors = readonly (readonly [follower: RedisFollower, cursor: number])[];

const readBatchesMax = 200;

/**
 * Who follows which channels. Publication wakes, the stream is the truth: what is published and is
 * the next is handed over as it is, and where anything may be missing, the stream is read.
 */
export class RedisFollowers {
  readonly #channels = new Map<string, Followed>();

  constructor(
    private readonly link: RedisLink,
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
    private readonly limits: ChannelLimits,
    private readonly now: () => number,
  ) {}

  follow(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<unknown>) => void,
  ): () => void {
    const follower = new RedisFollower(afterOffset, onBatch);
    const present = this.#channels.get(channel);
    const followed = present ?? { followers: new Set(), reading: 'no' };
    followed.followers.add(follower);
    if (present !== undefined) void this.#read(channel, followed);
    else {
      this.#channels.set(channel, followed);
      // What is there already is read when nothing can be missed any more.
      this.link.listenTo(this.keys.topic(channel));
    }
    return () => {
      if (!followed.followers.delete(follower) || followed.followers.size > 0) return;
      this.#channels.delete(channel);
      this.link.stopListeningTo(this.keys.topic(channel));
    };
  }

  /** What may have been missed while nothing could be heard is read. */
  subscribed(topics: readonly string[]): void {
    for (const topic of topics) {
      const channel = this.keys.channelOf(topic);
      const followed = this.#channels.get(channel);
      if (followed !== undefined) void this.#read(channel, followed);
    }
  }

  /** What could not be read is. */
  up(): void {
    for (const [channel, followed] of this.#channels) {
      if (followed.reading === 'failed') void this.#read(channel, followed);
    }
  }

  /** Sees what there still is of every channel. */
  readAll(): void {
    for (const [channel, followed] of this.#channels) void this.#read(channel, followed);
  }

  published(topic: string, message: string): void {
    const channel = this.keys.channelOf(topic);
    const followed = this.#channels.get(channel);
    if (followed === undefined) return;
    const record = publishedRecord(message);
    if (record === undefined) void this.#read(channel, followed);
    else this.#offer(channel, followed, record);
  }

  /** What this node has appended need not come back to it first. */
  appended({ channel, first, previous, entries, author }: Appended): void {
    const followed = this.#channels.get(channel);
    if (followed === undefined) return;
    const last = first + entries.length - 1;
    const record = { first, last, previous, atMs: this.now(), author, entries: () => entries };
    // Where others were before it, they come first: what is published brings all in order.
    for (const follower of followed.followers) {
      if (follower.cursor !== previous) return;
    }
    this.#offer(channel, followed, record);
  }

  #offer(channel: string, followed: Followed, record: RedisRecord): void {
    const shared = parsedOnce(record);
    let isBehind = false;
    for (const follower of followed.followers) {
      if (follower.take(shared) === 'behind') isBehind = true;
    }
    if (isBehind) void this.#read(channel, followed);
  }

  /** Reads what is kept after the cursors, page after page. */
  async #read(channel: string, followed: Followed): Promise<void> {
    if (followed.reading === 'once' || followed.reading === 'again') {
      followed.reading = 'again';
      return;
    }
    let outcome: 'more' | 'done' | 'failed';
    do {
      followed.reading = 'once';
      outcome = await this.#readPage(channel, followed);
    } while (outcome === 'more' || (outcome === 'done' && isAskedAgain(followed)));
    followed.reading = outcome === 'failed' ? 'failed' : 'no';
  }

  async #readPage(channel: string, followed: Followed): Promise<'more' | 'done' | 'failed'> {
    if (this.#channels.get(channel) !== followed) return 'done';
    const cursors: Cursors = Array.from(followed.followers, (each) => [each, each.cursor]);
    const answer = await this.calls.runForSure({
      script: scripts.readAfter,
      keys: this.keys.channel(channel),
      args: [Math.min(...cursors.map(([, cursor]) => cursor)), readBatchesMax],
    });
    if (!answer.ok) return 'failed';
    const { head, records, count } = readOf(answer.value);
    for (const record of records) this.#takeRead(followed, cursors, record);
    // Where none of a page is ours, the same page would come again.
    if (count === readBatchesMax && records.length > 0) return 'more';
    for (const [follower, cursor] of cursors) {
      if (followed.followers.has(follower)) follower.takeHead(head, cursor);
    }
    return 'done';
  }

  /** Hands what was read to those it was read for: who has come since may need more. */
  #takeRead({ followers }: Followed, cursors: Cursors, record: RedisRecord): void {
    const isOld = record.atMs < this.now() - this.limits.entryAgeMaxMs;
    const shared = isOld ? { ...record, entries: () => [] } : parsedOnce(record);
    for (const [follower] of cursors) {
      if (followers.has(follower)) follower.takeRead(shared);
    }
  }
}

function isAskedAgain({ reading }: Followed): boolean {
  return reading === 'again';
}

/** The same record, parsed at most once for all its followers. */
function parsedOnce(record: RedisRecord): RedisRecord {
  let parsed: readonly unknown[] | undefined;
  return { ...record, entries: () => (parsed ??= record.entries()) };
}
