import { valueOf } from '../store-fixture.suite';
import type { Rule, StoreAnswer } from '../store';
import { FaultProxy } from './fault-proxy.suite';
import { RedisServer } from './redis-server.suite';
import type { RedisStore } from './redis-store';
import { AvailabilityWatcher, LogFollower, numbers, openStores } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

/** Appends numbered entries through two stores, and knows what came of each. */
class Writers {
  readonly acknowledged = new Map<string, number>();
  readonly refused: string[] = [];
  #entries = 0;

  constructor(private readonly stores: readonly [RedisStore, RedisStore]) {}

  /** Has each store append so many entries at once, one by one. */
  async burst(count: number): Promise<void> {
    await Promise.all(
      this.stores.flatMap((store, index) => numbers(count).map(() => this.#append(store, index))),
    );
  }

  async #append(store: RedisStore, index: number): Promise<void> {
    const entry = `${index}-${++this.#entries}`;
    const answer: StoreAnswer<number> = await store.append('log', [entry]);
    if (answer.ok) this.acknowledged.set(entry, answer.value);
    else this.refused.push(entry);
  }
}

/** What was acknowledged is in Redis, and was handed to all, once and in one order; nothing else. */
async function expectOnce(
  { acknowledged }: Writers,
  reader: RedisStore,
  followers: readonly LogFollower[],
): Promise<void> {
  const { entries, head } = await valueOf(reader.tail<string>('log', 100_000));
  expect(entries.toSorted()).toEqual([...acknowledged.keys()].toSorted());
  for (const follower of followers) {
    await follower.untilHas(acknowledged.size);
    expect(follower.entries).toEqual(entries);
    expect(follower.gaps).toEqual([]);
    expect(follower.offsets).toEqual(entries.map((entry) => acknowledged.get(entry)));
    expect(follower.offsets.at(-1)).toBe(head);
  }
}

const counted: Rule<number, string> = (count = 0) => ({ ok: true, document: count + 1 });

/** A rule that has something happen when it is first asked, before its change is sent. */
function afterFirst(rule: Rule<number, string>, act: () => void): Rule<number, string> {
  let isFirst = true;
  return (document) => {
    if (isFirst) act();
    isFirst = false;
    return rule(document);
  };
}

describeWithRedis('each entry is appended and handed over exactly once', () => {
  test('while connections are killed again and again', async () => {
    const redis = await RedisServer.start();
    const stores = await openStores(redis.url);
    const writers = new Writers(stores);
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    for (let round = 0; round < 40; round++) {
      const burst = writers.burst(50);
      if (round % 2 === 0) await redis.killConnections();
      await burst;
    }
    expect(writers.acknowledged.size).toBe(4_000);
    await expectOnce(writers, stores[0], followers);
  });

  test('while answers are lost, so that nobody knows what was done', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const stores = await openStores(proxy.url);
    const writers = new Writers(stores);
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    for (let round = 0; round < 30; round++) {
      await writers.burst(5);
      proxy.dropReplies();
      const burst = writers.burst(30);
      await proxy.replyDropped();
      proxy.cut();
      await burst;
    }
    expect(writers.acknowledged.size).toBe(2_100);
    await expectOnce(writers, stores[0], followers);
  });

  test('while Redis cannot be reached for so long that appends are refused', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const stores = await openStores(proxy.url);
    const watchers = stores.map((store) => new AvailabilityWatcher(store));
    const writers = new Writers(stores);
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    await writers.burst(50);
    proxy.dropReplies();
    const unknown = writers.burst(50);
    await proxy.replyDropped();
    proxy.refuse();
    proxy.cut();
    const unsent = writers.burst(50);
    for (const watcher of watchers) await watcher.untilIs(false);
    await unsent;
    await writers.burst(50);
    proxy.accept();
    await unknown;
    for (const watcher of watchers) await watcher.untilIs(true);
    await writers.burst(50);
    expect(writers.refused.length).toBeGreaterThanOrEqual(200);
    expect(writers.acknowledged.size + writers.refused.length).toBe(500);
    await expectOnce(writers, stores[0], followers);
  });

  test('although a copy of it was held up, and comes when its author has gone on', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [held, other] = await openStores(proxy.url, redis.url);
    const followers = [new LogFollower(held, 'log'), new LogFollower(other, 'log')];
    await valueOf(held.append('log', ['a']));
    const letGo = proxy.holdBack();
    await valueOf(held.append('log', ['b']));
    await valueOf(held.append('log', ['c']));
    await letGo();
    await valueOf(other.append('log', ['d']));
    for (const follower of followers) {
      await follower.untilHas(4);
      expect(follower.entries).toEqual(['a', 'b', 'c', 'd']);
      expect(follower.gaps).toEqual([]);
    }
    expect((await valueOf(other.tail('log', 9))).entries).toEqual(['a', 'b', 'c', 'd']);
  });
});

describeWithRedis('a channel is dropped once', () => {
  test('although a copy of that was held up, and comes when there is something new', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [held, other] = await openStores(proxy.url, redis.url);
    await valueOf(held.append('log', ['a']));
    const letGo = proxy.holdBack();
    await valueOf(held.drop('log'));
    await valueOf(other.append('log', ['b']));
    await letGo();
    expect((await valueOf(other.tail('log', 9))).entries).toEqual(['b']);
  });
});

describeWithRedis('each change of a document is made exactly once', () => {
  const at = { collection: 'notes', id: 'a' };

  test('while answers are lost and others change it too', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [unlucky, lucky] = await openStores(proxy.url, redis.url);
    for (let round = 0; round < 20; round++) {
      await valueOf(unlucky.change(at, counted));
      const decided = Promise.withResolvers<void>();
      const change = valueOf(
        unlucky.change(
          at,
          afterFirst(counted, () => {
            proxy.dropReplies();
            decided.resolve();
          }),
        ),
      );
      await decided.promise;
      await proxy.replyDropped();
      for (const _ of numbers(3)) await valueOf(lucky.change(at, counted));
      proxy.cut();
      await change;
    }
    expect(await valueOf(lucky.read(at))).toBe(100);
  });

  test('although a copy of it was held up, and comes when the document is gone again', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [held, other] = await openStores(proxy.url, redis.url);
    let letGo: (() => Promise<void>) | undefined;
    const holding = afterFirst(counted, () => (letGo = proxy.holdBack()));
    await valueOf(held.change(at, holding));
    await valueOf(other.change(at, () => ({ ok: true, document: undefined })));
    await letGo?.();
    expect(await valueOf(other.read(at))).toBeUndefined();
  });
});
