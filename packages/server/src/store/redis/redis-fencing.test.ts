import { setTimeout as passing } from 'node:timers/promises';
import { holderOf, valueOf } from '../store-fixture.suite';
import type { Store } from '../store';
import { FaultProxy } from './fault-proxy.suite';
import { RedisServer } from './redis-server.suite';
import { LogFollower, NewsFollower, openStores } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

const leaseMs = 600;
const away = { ok: false, reason: 'store-away' };

/** Two nodes, the first of which is behind a proxy. */
async function start() {
  const redis = await RedisServer.start();
  const proxy = await FaultProxy.start(redis);
  const [behind, near] = await openStores(proxy.url, redis.url);
  const follower = new LogFollower(near, 'log');
  await valueOf(behind.beat('n1', leaseMs));
  await valueOf(near.beat('n2', leaseMs));
  await valueOf(behind.append('log', ['before']));
  return { proxy, behind, near, follower };
}

/** Has the second node beat until it takes the first for dead. */
async function outlive(near: Store): Promise<void> {
  const news = new NewsFollower(near);
  while (!news.news.some(({ kind }) => kind === 'gone')) {
    await valueOf(near.beat('n2', leaseMs));
    await passing(leaseMs / 6);
  }
}

describeWithRedis('a node that was taken for dead', () => {
  test('appends nothing more, until it has a new life', async () => {
    const { behind, near, follower } = await start();
    await outlive(near);
    expect(await behind.append('log', ['of the dead'])).toEqual(away);
    expect(await behind.append('log', ['of the dead'], { once: 'x' })).toEqual(away);
    expect(await behind.append('other', ['of the dead'])).toEqual(away);
    expect(await behind.claim('ann', holderOf('n1', '1'), {})).toEqual(away);
    expect(await valueOf(behind.beat('n1', leaseMs))).toBe('lapsed');
    expect(await behind.append('log', ['of the dead'])).toEqual(away);
    expect(await valueOf(behind.beat('n1 again', leaseMs))).toBe('alive');
    await valueOf(behind.append('log', ['after']));
    await follower.untilHas(2);
    expect(follower.entries).toEqual(['before', 'after']);
    expect((await valueOf(near.tail('log', 10))).entries).toEqual(['before', 'after']);
    expect((await valueOf(near.tail('other', 10))).entries).toEqual([]);
  });

  test('appends nothing more although it had sent it when it lived', async () => {
    const { proxy, behind, near, follower } = await start();
    proxy.stall();
    const stuck = behind.append('log', ['of the dead']);
    const waiting = behind.append('log', ['of the dead too']);
    await outlive(near);
    await valueOf(near.append('log', ['meanwhile']));
    proxy.flow();
    expect(await stuck).toEqual(away);
    expect(await waiting).toEqual(away);
    expect(await valueOf(behind.beat('n1', leaseMs))).toBe('lapsed');
    expect(await valueOf(behind.beat('n1 again', leaseMs))).toBe('alive');
    await valueOf(behind.append('log', ['after']));
    await follower.untilHas(3);
    expect(follower.entries).toEqual(['before', 'meanwhile', 'after']);
    expect((await valueOf(near.tail('log', 10))).entries).toEqual(follower.entries);
  });

  test('appends nothing more although a copy of it comes when the node has a new life', async () => {
    const { proxy, behind, near, follower } = await start();
    const letGo = proxy.holdBack();
    const stuck = behind.append('log', ['of the dead']);
    await outlive(near);
    expect(await stuck).toEqual(away);
    expect(await valueOf(behind.beat('n1 again', leaseMs))).toBe('alive');
    await letGo();
    await valueOf(behind.append('log', ['after']));
    await follower.untilHas(2);
    expect(follower.entries).toEqual(['before', 'after']);
    expect((await valueOf(near.tail('log', 10))).entries).toEqual(follower.entries);
  });
});

describeWithRedis('a node whose lease has ended', () => {
  test('goes on appending where nobody has taken it for dead', async () => {
    const { behind, follower } = await start();
    await passing(leaseMs * 1.2);
    await valueOf(behind.append('log', ['after']));
    await follower.untilHas(2);
    expect(await valueOf(behind.beat('n1', leaseMs))).toBe('alive');
  });

  test('goes on appending after a long stall in which nobody was heard of', async () => {
    const { proxy, behind, follower } = await start();
    proxy.stall();
    const stuck = behind.append('log', ['stuck']);
    await passing(leaseMs * 1.2);
    proxy.flow();
    await valueOf(stuck);
    await follower.untilHas(2);
    expect(follower.entries).toEqual(['before', 'stuck']);
  });
});

describeWithRedis('a node that retires', () => {
  test('may still append its last words', async () => {
    const { behind, follower } = await start();
    await valueOf(behind.retire('n1'));
    await valueOf(behind.append('log', ['bye']));
    await follower.untilHas(2);
    expect(follower.entries).toEqual(['before', 'bye']);
  });
});
