import { holderOf, valueOf } from '../store-fixture.suite';
import { RedisServer } from './redis-server.suite';
import type { RedisStore } from './redis-store';
import { LogFollower, NewsFollower, openStores } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

const leaseMs = 60_000;

async function start() {
  const redis = await RedisServer.start();
  const stores = await openStores(redis.url);
  await valueOf(stores[0].beat('n1', leaseMs));
  await valueOf(stores[1].beat('n2', leaseMs));
  return { redis, stores };
}

async function beatAll(stores: readonly [RedisStore, RedisStore]): Promise<void> {
  expect(await valueOf(stores[0].beat('n1', leaseMs))).toBe('alive');
  expect(await valueOf(stores[1].beat('n2', leaseMs))).toBe('alive');
}

/** How Redis can lose all it has. */
const losses: readonly (readonly [
  string,
  (redis: RedisServer, stores: readonly [RedisStore, RedisStore]) => Promise<void>,
])[] = [
  ['is killed and starts empty', (redis) => redis.restart()],
  [
    'is emptied',
    async (redis, stores) => {
      await redis.command('FLUSHALL');
      await beatAll(stores);
    },
  ],
];

describeWithRedis('when a Redis', () => {
  describe.each(losses)('%s', (_, lose) => {
    test('those who follow a channel are told that entries are lost, and go on', async () => {
      const { redis, stores } = await start();
      const followers = stores.map((store) => new LogFollower(store, 'log'));
      for (const entry of ['a', 'b', 'c']) await valueOf(stores[0].append('log', [entry]));
      for (const follower of followers) await follower.untilHas(3);
      await lose(redis, stores);
      await valueOf(stores[0].append('log', ['d']));
      await valueOf(stores[1].append('log', ['e']));
      for (const follower of followers) {
        await follower.untilHas(5);
        expect(follower.entries).toEqual(['a', 'b', 'c', 'd', 'e']);
        expect(follower.gaps).toEqual([['lost', 3]]);
        expect(follower.offsets).toEqual(follower.offsets.toSorted((one, two) => one - two));
        expect(new Set(follower.offsets).size).toBe(5);
      }
    });

    test('claims are told anew: there are none, and the nodes that live can claim again', async () => {
      const { redis, stores } = await start();
      const followers = stores.map((store) => new NewsFollower(store));
      expect(await valueOf(stores[0].claim('ann', holderOf('n1', '1'), {}))).toBe('claimed');
      expect(await valueOf(stores[1].claim('ben', holderOf('n2', '1'), {}))).toBe('claimed');
      for (const follower of followers) await follower.until(() => follower.holders.size === 2);
      await lose(redis, stores);
      for (const follower of followers) await follower.until(() => follower.holders.size === 0);
      expect(await valueOf(stores[0].claim('ann', holderOf('n1', '1'), {}))).toBe('claimed');
      expect(await valueOf(stores[1].claim('ann', holderOf('n2', '2'), {}))).toBe('taken');
      for (const follower of followers) {
        await follower.until(() => follower.holders.get('ann') === holderOf('n1', '1').origin);
        expect(follower.news.filter(({ kind }) => kind === 'gone')).toEqual([]);
      }
      await beatAll(stores);
    });
  });

  test('is killed and starts empty, nodes beat by themselves', async () => {
    const { redis, stores } = await start();
    const followers = stores.map((store) => new NewsFollower(store));
    for (const follower of followers) await follower.until(() => follower.alls > 0);
    const before = followers.map(({ alls }) => alls);
    await redis.restart();
    for (const [index, follower] of followers.entries()) {
      await follower.until(() => follower.alls > (before[index] ?? 0));
    }
    const [leases = ''] = (await redis.command('KEYS', '*:leases')).split('\n');
    expect((await redis.command('HKEYS', leases)).split('\n').toSorted()).toEqual(['n1', 'n2']);
  });
});

describeWithRedis('when a Redis that keeps its data is killed and starts again', () => {
  test('nothing is lost, and nobody is told of a gap', async () => {
    const redis = await RedisServer.start({ persistent: true });
    const stores = await openStores(redis.url);
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    for (const entry of ['a', 'b', 'c']) await valueOf(stores[0].append('log', [entry]));
    const under = stores[1].append('log', ['d']);
    await redis.restart();
    await valueOf(under);
    await valueOf(stores[0].append('log', ['e']));
    for (const follower of followers) {
      await follower.untilHas(5);
      expect(follower.entries).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(follower.gaps).toEqual([]);
    }
  });
});
