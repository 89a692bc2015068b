import type { Batch } from './store';

interface Follower {
  /** The offset up to which it has been handed entries. */
  cursor: number;
  readonly onBatch: (batch: Batch<unknown>) => void;
}

/** What a channel keeps after an offset, oldest first. */
export type ReadAfter = (channel: string, offset: number) => readonly Batch<unknown>[];

/** Who follows the channels of a database: a cursor each, so that nobody misses or repeats any. */
export class SqliteFollowers {
  readonly #channels = new Map<string, Set<Follower>>();

  constructor(private readonly readAfter: ReadAfter) {}

  /** Hands over what is kept after an offset, and then what is appended. */
  follow(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<unknown>) => void,
  ): () => void {
    const follower: Follower = { cursor: afterOffset, onBatch };
    const followers = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, followers.add(follower));
    this.#catchUp(channel, follower);
    return () => {
      if (followers.delete(follower) && followers.size === 0) this.#channels.delete(channel);
    };
  }

  /** Hands a batch that was committed to all who follow. */
  publish(channel: string, batch: Batch<unknown>): void {
    const last = batch.firstOffset + batch.entries.length - 1;
    for (const follower of this.#channels.get(channel) ?? []) {
      if (follower.cursor >= last) continue;
      if (follower.cursor !== batch.firstOffset - 1) this.#catchUp(channel, follower);
      // Also where what is kept could not be read, or begins later.
      if (follower.cursor < last) handOver(follower, batch);
    }
  }

  /** Hands to all what they lack. */
  catchUp(): void {
    for (const [channel, followers] of this.#channels) {
      for (const follower of followers) this.#catchUp(channel, follower);
    }
  }

  #catchUp(channel: string, follower: Follower): void {
    for (const batch of this.readAfter(channel, follower.cursor)) {
      if (this.#channels.get(channel)?.has(follower) !== true) return;
      // While it was handed one, it may have been handed those after it.
      if (follower.cursor < batch.firstOffset) handOver(follower, batch);
    }
  }
}

function handOver(follower: Follower, batch: Batch<unknown>): void {
  const isTrimmed = follower.cursor > 0 && batch.firstOffset > follower.cursor + 1;
  follower.cursor = batch.firstOffset + batch.entries.length - 1;
  follower.onBatch(isTrimmed ? { ...batch, gap: 'trimmed' } : batch);
}
