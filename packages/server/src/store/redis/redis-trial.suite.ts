import { Waiting } from '../../waiting.suite';
import type { Batch, ClaimNews, Store } from '../store';
import { holderOf, valueOf } from '../store-fixture.suite';
import type { ChannelLimits } from './redis-appender';
import { redisStoreAt } from './redis-fixture.suite';
import type { RedisStore } from './redis-store';

/** How long what a test waits for may take: a store finds out in a few seconds that Redis is away. */
const waitMaxMs = 15_000;
/** Enough that nothing is trimmed. */
const roomy: ChannelLimits = { channelEntriesMax: 100_000, entryAgeMaxMs: 3_600_000 };

const leaseMs = 60_000;

let trials = 0;
const open = new Set<RedisStore>();

afterEach(async () => {
  for (const store of open) await store.close();
  open.clear();
});

/** A prefix that no other trial has. */
export function newPrefix(): string {
  return `trial${process.pid}-${++trials}:`;
}

/** Opens a store; it is closed after the test. */
export async function openStore(
  url: string,
  prefix: string,
  limits: Partial<ChannelLimits> = {},
): Promise<RedisStore> {
  const store = redisStoreAt(url, prefix, { ...roomy, ...limits });
  open.add(store);
  await store.open();
  return store;
}

/** Two stores on the same keys, closed after the test. */
export async function openStores(
  url: string,
  otherUrl = url,
): Promise<readonly [RedisStore, RedisStore]> {
  const prefix = newPrefix();
  return [await openStore(url, prefix), await openStore(otherUrl, prefix)];
}

/** Something that becomes known bit by bit. */
class Changing {
  readonly #waiting = new Waiting();

  /** Waits until what is known is as wanted. */
  until(isAsWanted: () => boolean): Promise<void> {
    const whatIs = (): string => `not so within ${waitMaxMs} ms: ${isAsWanted.toString()}`;
    return this.#waiting.until(isAsWanted, whatIs, waitMaxMs);
  }

  protected changed(): void {
    this.#waiting.wake();
  }
}

/** What a store says of whether it can be reached. */
export class AvailabilityWatcher extends Changing {
  readonly told: boolean[] = [];

  constructor(store: Store) {
    super();
    store.watchAvailability((isAvailable) => {
      this.told.push(isAvailable);
      this.changed();
    });
  }

  untilIs(isAvailable: boolean): Promise<void> {
    return this.until(() => this.told.at(-1) === isAvailable);
  }
}

/** What a follower of a channel is handed, and how. */
export class LogFollower extends Changing {
  readonly entries: unknown[] = [];
  readonly offsets: number[] = [];
  /** Each with how many entries there were before it. */
  readonly gaps: (readonly [gap: string, after: number])[] = [];

  constructor(store: Store, channel: string, afterOffset = 0) {
    super();
    store.follow<unknown>(channel, afterOffset, (batch) => this.#take(batch));
  }

  untilHas(count: number): Promise<void> {
    return this.until(() => this.entries.length >= count);
  }

  #take({ firstOffset, entries, gap }: Batch<unknown>): void {
    if (gap !== undefined) this.gaps.push([gap, this.entries.length]);
    for (const [index, entry] of entries.entries()) {
      this.entries.push(entry);
      this.offsets.push(firstOffset + index);
    }
    this.changed();
  }
}

/** What a follower of claims is told, and who has which name by that. */
export class NewsFollower extends Changing {
  readonly news: ClaimNews<unknown>[] = [];
  readonly holders = new Map<string, string>();

  constructor(store: Store) {
    super();
    store.followClaims<unknown>((news) => {
      this.news.push(news);
      this.#take(news);
      this.changed();
    });
  }

  /** How often all claims were told. */
  get alls(): number {
    return this.news.filter(({ kind }) => kind === 'all').length;
  }

  #take(news: ClaimNews<unknown>): void {
    switch (news.kind) {
      case 'all':
        this.holders.clear();
        for (const { name, holder } of news.claims) this.holders.set(name, holder.origin);
        return;
      case 'held':
        this.holders.set(news.claim.name, news.claim.holder.origin);
        return;
      case 'freed':
        this.holders.delete(news.name);
        return;
      case 'gone':
        for (const [name, origin] of this.holders) {
          if (origin.startsWith(`${news.node}.`)) this.holders.delete(name);
        }
    }
  }
}

/** Whole numbers from one on. */
export function numbers(count: number, first = 1): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Asks a store for all that it can be asked for, on many channels and collections. */
export async function useAll(store: RedisStore): Promise<void> {
  await valueOf(store.beat('n1', leaseMs));
  await valueOf(store.beat('n2', leaseMs));
  await valueOf(store.claim('ann', holderOf('n1', '1'), {}));
  await valueOf(store.describe('ann', holderOf('n1', '1'), { room: 'Planes' }));
  await valueOf(store.claim('ben', holderOf('n1', '2'), {}));
  await valueOf(store.release('ben', holderOf('n1', '2')));
  await valueOf(store.retire('n2'));
  await Promise.all(
    numbers(30).map(async (number) => {
      const at = { collection: `notes${number}`, id: 'a' };
      await valueOf(store.append(`room:${number}`, ['a', 'b']));
      await valueOf(store.append(`room:${number}`, ['c'], { once: 'x' }));
      await valueOf(store.append(`brief:${number}`, ['a'], { briefly: true }));
      await valueOf(store.append(`gone:${number}`, ['a']));
      await valueOf(store.drop(`gone:${number}`));
      await valueOf(store.change(at, () => ({ ok: true, document: number })));
      expect(await valueOf(store.read(at))).toBe(number);
      expect(await valueOf(store.list(at.collection))).toEqual([number]);
      expect(await valueOf(store.count(at.collection))).toBe(1);
      expect((await valueOf(store.tail(`room:${number}`, 9))).entries).toEqual(['a', 'b', 'c']);
      await new LogFollower(store, `room:${number}`).untilHas(3);
    }),
  );
  const news = new NewsFollower(store);
  await news.until(() => news.holders.has('ann'));
}
