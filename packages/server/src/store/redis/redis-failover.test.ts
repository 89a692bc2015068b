import { holderOf, valueOf } from '../store-fixture.suite';
import { FaultProxy } from './fault-proxy.suite';
import { RedisServer } from './redis-server.suite';
import {
  AvailabilityWatcher,
  LogFollower,
  NewsFollower,
  numbers,
  openStores,
} from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

const leaseMs = 60_000;

/** A primary with a replica, a proxy between them, and two stores, each behind a proxy. */
async function start() {
  const primary = await RedisServer.start();
  const replication = await FaultProxy.start(primary);
  const replica = await RedisServer.start({ replicaOf: replication });
  const proxies = [await FaultProxy.start(primary), await FaultProxy.start(primary)] as const;
  const stores = await openStores(proxies[0].url, proxies[1].url);
  return { primary, replication, replica, proxies, stores };
}

type Group = Awaited<ReturnType<typeof start>>;

/** Has the replica get nothing of what is written from now on. */
async function separate({ replica, replication }: Group): Promise<void> {
  await replica.caughtUp();
  replication.refuse();
  replication.cut();
}

async function failOver({ primary, replica, proxies }: Group): Promise<void> {
  await primary.kill();
  await replica.promote();
  for (const proxy of proxies) proxy.retarget(replica);
}

/** Makes a replica of the primary, whose connections stay. */
async function swapRoles({ primary, replica }: Group): Promise<void> {
  await replica.caughtUp();
  await replica.promote();
  await primary.command('REPLICAOF', '127.0.0.1', `${replica.port}`);
}

describeWithRedis('a failover', () => {
  test('that loses the end of a channel is told once, and loses nothing else', async () => {
    const group = await start();
    const { stores } = group;
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    const append = (entry: number) =>
      valueOf((stores[entry % 2] ?? stores[0]).append('log', [entry]));
    for (const entry of numbers(30)) await append(entry);
    await separate(group);
    for (const entry of numbers(20, 31)) await append(entry);
    for (const follower of followers) await follower.untilHas(50);

    const failing = failOver(group);
    await Promise.all(numbers(10, 51).map(append));
    await failing;
    for (const entry of numbers(20, 61)) await append(entry);

    for (const follower of followers) {
      await follower.untilHas(80);
      expect(follower.entries.slice(0, 50)).toEqual(numbers(50));
      expect(new Set(follower.entries)).toEqual(new Set(numbers(80)));
      expect(follower.entries).toHaveLength(80);
      expect(follower.gaps).toHaveLength(1);
      expect(follower.gaps[0]?.[0]).toBe('lost');
      expect(follower.offsets).toEqual(follower.offsets.toSorted((one, other) => one - other));
      expect(new Set(follower.offsets).size).toBe(80);
    }
    expect(followers[0]?.entries).toEqual(followers[1]?.entries);
    expect(followers[0]?.offsets.slice(-20)).toEqual(followers[1]?.offsets.slice(-20));
    const { entries } = await valueOf(stores[0].tail<number>('log', 100));
    expect(entries.slice(0, 30)).toEqual(numbers(30));
    expect(entries.filter((entry) => entry > 30 && entry <= 50)).toEqual([]);
  });

  test('that loses an entry before its answer is known is made good', async () => {
    const group = await start();
    const { proxies, stores } = group;
    const [unlucky, lucky] = stores;
    const [behind, near] = [new LogFollower(unlucky, 'log'), new LogFollower(lucky, 'log')];
    await valueOf(unlucky.append('log', ['a']));
    for (const follower of [behind, near]) await follower.untilHas(1);
    await separate(group);
    proxies[0].dropReplies();
    const underWay = valueOf(unlucky.append('log', ['b']));
    await near.untilHas(2);
    await failOver(group);
    await underWay;
    await valueOf(lucky.append('log', ['c']));
    for (const follower of [behind, near]) {
      await follower.untilHas(3);
      expect(follower.entries).toEqual(['a', 'b', 'c']);
    }
    expect(behind.gaps).toEqual([]);
    expect(near.gaps).toEqual([['lost', 2]]);
  });

  test('that loses nothing is not told', async () => {
    const group = await start();
    const { stores } = group;
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    for (const entry of numbers(10)) await valueOf(stores[0].append('log', [entry]));
    await group.replica.caughtUp();
    const failing = failOver(group);
    await failing;
    await valueOf(stores[1].append('log', [11]));
    for (const follower of followers) {
      await follower.untilHas(11);
      expect(follower.entries).toEqual(numbers(11));
      expect(follower.gaps).toEqual([]);
    }
  });

  test('that loses claims is told by telling of all anew', async () => {
    const group = await start();
    const { stores } = group;
    for (const [index, store] of stores.entries()) {
      await valueOf(store.beat(`n${index + 1}`, leaseMs));
    }
    const followers = stores.map((store) => new NewsFollower(store));
    await valueOf(stores[0].claim('ann', holderOf('n1', '1'), {}));
    await separate(group);
    await valueOf(stores[0].claim('ben', holderOf('n1', '2'), {}));
    await valueOf(stores[1].release('ann', holderOf('n1', '1')));
    for (const follower of followers) {
      await follower.until(() => [...follower.holders.keys()].join() === 'ben');
    }
    await failOver(group);
    for (const follower of followers) {
      await follower.until(() => [...follower.holders.keys()].join() === 'ann');
    }
    expect(await valueOf(stores[1].claim('ben', holderOf('n2', '1'), {}))).toBe('claimed');
    expect(await valueOf(stores[1].claim('ann', holderOf('n2', '1'), {}))).toBe('taken');
    for (const follower of followers) await follower.until(() => follower.holders.size === 2);
  });
});

describeWithRedis('a primary that became a replica', () => {
  test('is left for the new one, and nothing is lost', async () => {
    const group = await start();
    const { primary, replica, proxies, stores } = group;
    const followers = stores.map((store) => new LogFollower(store, 'log'));
    await valueOf(stores[0].append('log', ['a']));
    await swapRoles(group);
    // Nothing cuts the connections to the old one.
    for (const proxy of proxies) proxy.lead(replica);
    await valueOf(stores[0].append('log', ['b']));
    await valueOf(stores[1].append('log', ['c']));
    // It handed on what was published on the new one, as long as it was its replica.
    await primary.command('REPLICAOF', 'NO', 'ONE');
    await valueOf(stores[0].append('log', ['d']));
    for (const follower of followers) {
      await follower.untilHas(4);
      expect(follower.entries).toEqual(['a', 'b', 'c', 'd']);
      expect(follower.gaps).toEqual([]);
    }
  });

  test('is away as long as its address does not lead to a primary', async () => {
    const group = await start();
    const [store] = group.stores;
    const watcher = new AvailabilityWatcher(store);
    await valueOf(store.beat('n1', leaseMs));
    await swapRoles(group);
    const append = store.append('log', ['a']);
    await watcher.untilIs(false);
    expect(await append).toEqual({ ok: false, reason: 'store-away' });
    for (const proxy of group.proxies) proxy.lead(group.replica);
    await watcher.untilIs(true);
    expect(watcher.told).toEqual([true, false, true]);
    await valueOf(store.append('log', ['b']));
    expect((await valueOf(store.tail('log', 10))).entries).toEqual(['b']);
  });
});
