import { valueOf } from '../store-fixture.suite';
import { FaultProxy } from './fault-proxy.suite';
import { RedisServer } from './redis-server.suite';
import { AvailabilityWatcher, LogFollower, numbers, openStores } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

const away = { ok: false, reason: 'store-away' };
const leaseMs = 60_000;
/** In which users are to be told. */
const noticedMaxMs = 5_000;

describeWithRedis('a Redis that stands still', () => {
  test('is found out, and what was under way is done once when it goes on', async () => {
    const redis = await RedisServer.start();
    const stores = await openStores(redis.url);
    const watchers = stores.map((store) => new AvailabilityWatcher(store));
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    await valueOf(stores[0].append('log', ['before']));
    for (const follower of followers) await follower.untilHas(1);

    redis.pause();
    const startMs = performance.now();
    const unknown = stores.map((store, index) => store.append('log', [`unknown ${index}`]));
    const unsent = numbers(20).map((entry) => stores[0].append('log', [entry]));
    for (const watcher of watchers) await watcher.untilIs(false);
    expect(performance.now() - startMs).toBeLessThan(noticedMaxMs);
    expect(await Promise.all(unsent)).toEqual(unsent.map(() => away));
    expect(await stores[0].append('log', ['late'])).toEqual(away);
    expect(await stores[0].claim('ann', { node: 'n1', origin: 'n1.1' }, {})).toEqual(away);
    expect(await stores[0].read({ collection: 'notes', id: 'a' })).toEqual(away);

    redis.resume();
    const offsets = await Promise.all(unknown.map((append) => valueOf(append)));
    for (const watcher of watchers) {
      await watcher.untilIs(true);
      expect(watcher.told).toEqual([true, false, true]);
    }
    await valueOf(stores[1].append('log', ['after']));
    for (const follower of followers) {
      await follower.untilHas(4);
      expect(follower.entries).toHaveLength(4);
      expect(new Set(follower.entries)).toEqual(
        new Set(['before', 'unknown 0', 'unknown 1', 'after']),
      );
      expect(follower.gaps).toEqual([]);
      const told = [...offsets].toSorted((one, other) => one - other);
      expect(follower.offsets.slice(1, 3)).toEqual(told);
    }
    expect((await valueOf(stores[0].tail('log', 10))).entries).toEqual(followers[1]?.entries);
  });

  test('is found out by a beat, where nothing else is asked', async () => {
    const redis = await RedisServer.start();
    const [store] = await openStores(redis.url);
    const watcher = new AvailabilityWatcher(store);
    await valueOf(store.beat('n1', leaseMs));
    redis.pause();
    const startMs = performance.now();
    expect(await store.beat('n1', leaseMs)).toEqual(away);
    await watcher.untilIs(false);
    expect(performance.now() - startMs).toBeLessThan(noticedMaxMs);
    redis.resume();
    await watcher.untilIs(true);
  });
});

describeWithRedis('a network that carries nothing', () => {
  test('is found out, and who was behind it is handed what was appended elsewhere', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [behind, near] = await openStores(proxy.url, redis.url);
    const watcher = new AvailabilityWatcher(behind);
    const follower = new LogFollower(behind, 'log');
    await valueOf(behind.append('log', [0]));
    await follower.untilHas(1);

    proxy.stall();
    const startMs = performance.now();
    const unknown = behind.append('log', ['unknown']);
    const unsent = behind.append('log', ['unsent']);
    for (const entry of numbers(300)) await valueOf(near.append('log', [entry]));
    await watcher.untilIs(false);
    expect(performance.now() - startMs).toBeLessThan(noticedMaxMs);
    expect(await unsent).toEqual(away);
    expect(await behind.append('log', ['late'])).toEqual(away);

    proxy.flow();
    const offset = await valueOf(unknown);
    await watcher.untilIs(true);
    await follower.untilHas(302);
    expect(follower.entries).toEqual([0, ...numbers(300), 'unknown']);
    expect(follower.offsets.at(-1)).toBe(offset);
    expect(follower.gaps).toEqual([]);
  });

  test('that only the listening connection suffers from is found out by a beat', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [behind, near] = await openStores(proxy.url, redis.url);
    const follower = new LogFollower(behind, 'log');
    await valueOf(near.append('log', [1]));
    await follower.untilHas(1);
    // All connections that are open; the one for scripts is made again when it is used.
    proxy.dropReplies();
    await valueOf(near.append('log', [2]));
    await valueOf(behind.beat('n1', leaseMs));
    await follower.untilHas(2);
    expect(follower.entries).toEqual([1, 2]);
    expect(follower.gaps).toEqual([]);
  });
});
