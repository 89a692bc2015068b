import { valueOf } from '../store-fixture.suite';
import { RedisCluster } from './redis-cluster.suite';
import { LogFollower, newPrefix, numbers, openStore, useAll } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

describeWithRedis('in a cluster', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });

  test('all that a store can be asked for is done, wherever the keys are', async () => {
    const store = await openStore(cluster.url, newPrefix());
    await useAll(store);
    const sizes = cluster.servers.map(async (server) => Number(await server.command('DBSIZE')));
    for (const size of await Promise.all(sizes)) expect(size).toBeGreaterThan(0);
  });

  test('connections that are killed are not noticed', async () => {
    const prefix = newPrefix();
    const [one, other] = [
      await openStore(cluster.url, prefix),
      await openStore(cluster.servers[1]?.url ?? '', prefix),
    ];
    const channels = numbers(6).map((number) => `room:${number}`);
    const followers = channels.flatMap((channel) => [
      new LogFollower(one, channel),
      new LogFollower(other, channel),
    ]);
    for (const round of numbers(10)) {
      const appends = channels.flatMap((channel) => [
        ...numbers(10).map((entry) => valueOf(one.append(channel, [`${round} one ${entry}`]))),
        ...numbers(10).map((entry) => valueOf(other.append(channel, [`${round} other ${entry}`]))),
      ]);
      for (const server of cluster.servers) await server.killConnections();
      await Promise.all(appends);
    }
    for (const [index, follower] of followers.entries()) {
      await follower.untilHas(200);
      const channel = channels[Math.floor(index / 2)] ?? '';
      const { entries } = await valueOf(one.tail(channel, 1_000));
      expect(new Set(entries).size).toBe(200);
      expect(follower.entries).toEqual(entries);
      expect(follower.gaps).toEqual([]);
    }
  });

  test('a server that stands still holds up its own keys, and nothing is done twice', async () => {
    const store = await openStore(cluster.url, newPrefix());
    const channels = numbers(12).map((number) => `room:${number}`);
    const followers = channels.map((channel) => new LogFollower(store, channel));
    await Promise.all(channels.map((channel) => valueOf(store.append(channel, ['a']))));
    cluster.servers[2]?.pause();
    const appends = channels.map((channel) => store.append(channel, ['b']));
    const first = await Promise.race(appends);
    expect(first.ok).toBe(true);
    cluster.servers[2]?.resume();
    const answers = await Promise.all(appends);
    for (const [index, follower] of followers.entries()) {
      const expected = answers[index]?.ok ? ['a', 'b'] : ['a'];
      await follower.untilHas(expected.length);
      expect(follower.entries).toEqual(expected);
    }
  });
});
