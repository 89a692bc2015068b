import { systemClock } from '@chat-server/supervision';
import { hasRedis, RedisProcess } from '@chat-server/bench/src/processes/redis-process';
import { CheckedStore } from 'chat-server/src/store/checked-store';
import { recordShapes } from 'chat-server/src/store/record-shapes';
import { RedisKeys } from 'chat-server/src/store/redis/redis-keys';
import { redisLocation } from 'chat-server/src/store/redis/redis-location';
import { RedisStore } from 'chat-server/src/store/redis/redis-store';
import { Redis } from 'ioredis';
import { raw, tried } from '../chat/tried-store';
import { rawRecord, type RawRecord } from '../material/raw-records';
import { holds, type Target, type Trial } from '../target';

const prefix = 'fuzz:';
const limits = { channelEntriesMax: 100, entryAgeMaxMs: 4e12 };

/** A Redis in which others write. */
export const redis: Target<RawRecord> = {
  name: 'redis',
  what: 'a real Redis with anything in its keys, and on its channels',
  batch: 20,
  share: 200,
  missing: () => (hasRedis() ? undefined : 'there is no redis-server'),
  generate: rawRecord,
  open: () => RedisTrial.open(),
};

class RedisTrial implements Trial<RawRecord> {
  readonly #keys = new RedisKeys(prefix);

  private constructor(
    private readonly server: RedisProcess,
    private readonly client: Redis,
    private readonly store: CheckedStore,
  ) {}

  static async open(): Promise<RedisTrial> {
    const server = await RedisProcess.start();
    await server.answering();
    const url = `redis://127.0.0.1:${server.port}`;
    const kept = new RedisStore(redisLocation(`${url}?prefix=${prefix}`), systemClock, limits);
    const store = new CheckedStore(kept, recordShapes, () => undefined);
    await store.open();
    return new RedisTrial(server, new Redis(url), store);
  }

  async feed(inputs: readonly RawRecord[]): Promise<void> {
    await this.client.flushdb();
    for (const [index, input] of inputs.entries()) await this.#plant(index, input);
    await this.#followedClaims();
    for (const [index, input] of inputs.entries()) {
      const stop = this.store.follow(`room:${index}`, 0, () => undefined);
      for (const channel of [...raw.channels(index), 'claims']) await this.#publish(channel, input);
      // A channel whose head was moved by others takes nothing more: whoever appends would wait.
      await tried(this.store, index, false);
      stop();
    }
    const health = await this.store.count('others');
    holds(health.ok, 'the store is away', health);
  }

  async close(): Promise<void> {
    await this.store.close();
    this.client.disconnect();
    await this.server.end();
  }

  async #plant(index: number, input: RawRecord): Promise<void> {
    const { text, last } = input;
    const planting = this.client.pipeline();
    for (const collection of raw.collections) {
      planting.hset(this.#keys.collection(collection), raw.id(index), `a:1 ${text}`);
    }
    for (const channel of raw.channels(index)) {
      const [log, meta] = this.#keys.channel(channel);
      planting.xadd(log, `${positive(last)}-${1 + (index % 3)}`, 'b', recordOf(input));
      planting.hset(meta, 'head', index % 2 === 0 ? last : text);
    }
    const [names] = this.#keys.claims;
    planting.hset(names, raw.id(index), `n-1\nn-1.7\n${text}`);
    await planting.exec();
  }

  async #publish(channel: string, input: RawRecord): Promise<void> {
    const message = `${input.last} ${recordOf(input)}`;
    await this.client.publish(this.#keys.topic(channel), message);
  }

  /** All that is claimed, until it has been read. */
  async #followedClaims(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.store.followClaims((news) => {
      if (news.kind === 'all') resolve();
    });
    await promise;
    stop();
  }
}

function recordOf({ first, previous, atMs, text }: RawRecord): string {
  return `${first} ${previous} ${atMs} a:1\n${text}`;
}

/** Ids of a stream are not negative. */
function positive(number: string): string {
  return number.replace('-', '');
}
