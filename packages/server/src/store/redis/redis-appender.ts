import type { Clock } from '@chat-server/supervision';
import type { AppendOptions, StoreAnswer } from '../store';
import type { RedisCalls } from './redis-calls';
import type { RedisKeys } from './redis-keys';
import { scripts } from './redis-script';

/** How much a channel keeps. */
export interface ChannelLimits {
  /** Up to half as many more stay until they are removed together. */
  readonly channelEntriesMax: number;
  readonly entryAgeMaxMs: number;
}

/** Under which lease something is appended. */
export interface Fence {
  readonly node: string;
  /** In the time of Redis: what arrives there later is refused. */
  readonly untilMs: number;
}

/** What was appended, for those on this node who need not wait until it is published. */
export interface Appended {
  readonly channel: string;
  readonly first: number;
  readonly previous: number;
  readonly entries: readonly unknown[];
  readonly author: string;
}

interface Request {
  readonly entries: readonly unknown[];
  readonly options: AppendOptions;
  answer(answer: StoreAnswer<number>): void;
}

interface Queue {
  readonly waiting: Request[];
  isBusy: boolean;
}

export interface Surroundings {
  readonly calls: RedisCalls;
  readonly keys: RedisKeys;
  readonly clock: Pick<Clock, 'after'>;
  readonly limits: ChannelLimits;
  /** This process, among all that ever append. */
  readonly author: string;
  /** Whether nothing can or may be appended now. */
  readonly isAway: () => boolean;
  /** The lease that holds now, once there was one. */
  readonly fence: () => Fence | undefined;
  /** Has the lease renewed; resolves when that is answered. */
  readonly renew: () => Promise<void>;
  readonly appended: (appended: Appended) => void;
}

const batchEntriesMax = 1_000;
const brieflyMs = 60_000;

/**
 * Appends to channels, each entry exactly once and in order, through connections that are lost at
 * any moment.
 *
 * One batch of a channel is under way at a time; what comes meanwhile is the next one, so that a
 * busy room costs one script a round trip. A batch whose fate is unknown is sent again until it is
 * known, and Redis remembers each one's number (as Kafka does for an idempotent producer).
 */
export class RedisAppender {
  readonly #queues = new Map<string, Queue>();
  #idle = Promise.withResolvers<void>();
  #batches = 0;

  constructor(private readonly around: Surroundings) {}

  append(
    channel: string,
    entries: readonly unknown[],
    options: AppendOptions,
  ): Promise<StoreAnswer<number>> {
    if (this.around.isAway()) return Promise.resolve({ ok: false, reason: 'store-away' });
    const { promise, resolve } = Promise.withResolvers<StoreAnswer<number>>();
    const queue = this.#queues.get(channel) ?? { waiting: [], isBusy: false };
    this.#queues.set(channel, queue);
    queue.waiting.push({ entries, options, answer: resolve });
    if (!queue.isBusy) void this.#work(channel, queue);
    return promise;
  }

  /** Resolves when nothing is under way, or after `withinMs`. */
  async idle(withinMs: number): Promise<void> {
    if (this.#queues.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.around.clock.after(withinMs, resolve);
    await Promise.race([this.#idle.promise, promise]);
    cancel();
  }

  /** Refuses what has not been sent. */
  refuseWaiting(): void {
    for (const { waiting } of this.#queues.values()) {
      for (const request of waiting.splice(0)) request.answer({ ok: false, reason: 'store-away' });
    }
  }

  async #work(channel: string, queue: Queue): Promise<void> {
    queue.isBusy = true;
    for (let batch = takeBatch(queue); batch.length > 0; batch = takeBatch(queue)) {
      await this.#send(channel, batch);
    }
    this.#queues.delete(channel);
    if (this.#queues.size > 0) return;
    this.#idle.resolve();
    this.#idle = Promise.withResolvers();
  }

  async #send(channel: string, batch: readonly Request[]): Promise<void> {
    const entries = batch.flatMap((request) => request.entries);
    const author = `${this.around.author}:${++this.#batches}`;
    const sent = await this.#sendEntries(channel, entries, author, batch[0]?.options ?? {});
    if (!sent.ok) {
      for (const request of batch) request.answer(sent);
      return;
    }
    const { first, previous } = sent.value;
    // Before it is answered, so that who has been answered has been handed it. But what was to be
    // appended once may be there in another node's words, which come when they are published.
    if (batch[0]?.options.once === undefined) {
      this.around.appended({ channel, first, previous, entries, author });
    }
    let offset = first;
    for (const request of batch) {
      request.answer({ ok: true, value: offset });
      offset += request.entries.length;
    }
  }

  async #sendEntries(
    channel: string,
    entries: readonly unknown[],
    author: string,
    { once, briefly = false }: AppendOptions,
  ): Promise<StoreAnswer<{ first: number; previous: number }>> {
    const { calls, keys, limits } = this.around;
    const memory =
      once === undefined ? [`author:${this.around.author}`, author] : [`once:${once}`, '-'];
    const keepMs = briefly ? brieflyMs : limits.entryAgeMaxMs;
    const json = JSON.stringify(entries);
    const node = this.around.fence()?.node;
    for (;;) {
      const fence = this.around.fence();
      // Whoever said it is somebody else by now.
      if (fence?.node !== node) return { ok: false, reason: 'store-away' };
      const answer = await calls.runForSure({
        script: scripts.append,
        keys: keys.channel(channel),
        args: [
          keys.topic(channel),
          ...memory,
          fence === undefined ? 0 : Math.floor(fence.untilMs),
          author,
          limits.channelEntriesMax,
          keepMs,
          entries.length,
          json,
        ],
      });
      if (!answer.ok) return answer;
      const [first = '', previous = ''] = answer.value as readonly string[];
      if (first !== 'fenced') {
        return { ok: true, value: { first: Number(first), previous: Number(previous) } };
      }
      await this.around.renew();
    }
  }
}

/** The requests that go together: those up to the next that is not like the first. */
function takeBatch({ waiting }: Queue): readonly Request[] {
  const [first] = waiting;
  if (first === undefined) return [];
  let count = 1;
  let entries = first.entries.length;
  for (const next of first.options.once === undefined ? waiting.slice(1) : []) {
    entries += next.entries.length;
    const isAlike =
      next.options.once === undefined && next.options.briefly === first.options.briefly;
    if (!isAlike || entries > batchEntriesMax) break;
    count++;
  }
  return waiting.splice(0, count);
}
