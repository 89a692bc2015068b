import { holderOf, valueOf } from '../store-fixture.suite';
import { FaultProxy } from './fault-proxy.suite';
import { RedisServer } from './redis-server.suite';
import type { RedisStore } from './redis-store';
import { NewsFollower, numbers, openStores } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

type Claimed = Awaited<ReturnType<RedisStore['claim']>>;

const leaseMs = 60_000;
const names = numbers(100).map((number) => `name${number}`);

/** Both want every name: 200 claims at once. */
async function claimAll(
  stores: readonly [RedisStore, RedisStore],
  round: number,
): Promise<ReadonlyMap<string, readonly [Claimed, Claimed]>> {
  const claimed = async (name: string): Promise<[string, readonly [Claimed, Claimed]]> => {
    const [one, other] = stores;
    const holders = [
      holderOf('n1', `${name}/${round}`),
      holderOf('n2', `${name}/${round}`),
    ] as const;
    const answers = [one.claim(name, holders[0], {}), other.claim(name, holders[1], {})] as const;
    return [name, await Promise.all(answers)];
  };
  return new Map(await Promise.all(names.map(claimed)));
}

/** Who holds which name by what was answered. */
function holdersIn(
  claims: ReadonlyMap<string, readonly [Claimed, Claimed]>,
  round: number,
): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  for (const [name, answers] of claims) {
    for (const [index, answer] of answers.entries()) {
      if (!answer.ok || answer.value !== 'claimed') continue;
      expect(holders.has(name)).toBe(false);
      holders.set(name, holderOf(`n${index + 1}`, `${name}/${round}`).origin);
    }
  }
  return holders;
}

/** Waits until a store has done all that it was asked before. */
async function settled(store: RedisStore): Promise<void> {
  await valueOf(store.release('nobody', holderOf('n0', '0')));
}

async function releaseAll([one, other]: readonly [RedisStore, RedisStore], round: number) {
  await Promise.all(
    names.flatMap((name) => [
      valueOf(one.release(name, holderOf('n1', `${name}/${round}`))),
      valueOf(other.release(name, holderOf('n2', `${name}/${round}`))),
    ]),
  );
}

/** A Redis behind a proxy, and two stores with a node each; the second is not behind it. */
async function start(isBothProxied = false) {
  const redis = await RedisServer.start();
  const proxy = await FaultProxy.start(redis);
  const stores = await openStores(proxy.url, isBothProxied ? proxy.url : redis.url);
  await valueOf(stores[0].beat('n1', leaseMs));
  await valueOf(stores[1].beat('n2', leaseMs));
  return { redis, proxy, stores };
}

describeWithRedis('of 200 claims of 100 names, each name gets one holder', () => {
  test('while connections are killed', async () => {
    const { redis, stores } = await start();
    const followers = stores.map((store) => new NewsFollower(store));
    for (const round of numbers(15)) {
      const claiming = claimAll(stores, round);
      await redis.killConnections();
      const holders = holdersIn(await claiming, round);
      expect(holders.size).toBe(100);
      for (const follower of followers) {
        await follower.until(() =>
          names.every((name) => follower.holders.get(name) === holders.get(name)),
        );
      }
      await releaseAll(stores, round);
      for (const follower of followers) await follower.until(() => follower.holders.size === 0);
    }
  });

  test('while answers are lost', async () => {
    const { proxy, stores } = await start(true);
    const follower = new NewsFollower(stores[0]);
    for (const round of numbers(15)) {
      proxy.dropReplies();
      const claiming = claimAll(stores, round);
      await proxy.replyDropped();
      proxy.cut();
      const holders = holdersIn(await claiming, round);
      expect(holders.size).toBe(100);
      await follower.until(() =>
        names.every((name) => follower.holders.get(name) === holders.get(name)),
      );
      await releaseAll(stores, round);
    }
  });
});

describeWithRedis('a claim that is answered with store-away is not held in the end', () => {
  test('although Redis had made it', async () => {
    const { redis, proxy, stores } = await start();
    const [away, near] = stores;
    const follower = new NewsFollower(near);
    proxy.dropReplies();
    proxy.refuse();
    const claims = Promise.all(names.map((name) => away.claim(name, holderOf('n1', name), {})));
    await follower.until(() => follower.holders.size > 0);
    proxy.cut();
    for (const answer of await claims) expect(answer).toEqual({ ok: false, reason: 'store-away' });
    expect(await redis.command('PING')).toBe('PONG');
    proxy.accept();
    await settled(away);
    await settled(near);
    await follower.until(() => follower.holders.size === 0);
    expect(await valueOf(near.claim('name1', holderOf('n2', '1'), {}))).toBe('claimed');
  });

  test('although it comes to Redis when it was given up', async () => {
    const { proxy, stores } = await start();
    const [away, near] = stores;
    await settled(away);
    const letGo = proxy.holdBack();
    proxy.refuse();
    const claims = Promise.all(names.map((name) => away.claim(name, holderOf('n1', name), {})));
    for (const answer of await claims) expect(answer).toEqual({ ok: false, reason: 'store-away' });
    proxy.accept();
    await settled(away);
    await letGo();
    const follower = new NewsFollower(near);
    await follower.until(() => follower.alls === 1);
    expect(follower.holders.size).toBe(0);
  });
});

describeWithRedis('a claim that is answered with taken', () => {
  test('gets no name later, although a copy of it was held up', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [held, near] = await openStores(proxy.url, redis.url);
    await valueOf(near.beat('n2', leaseMs));
    expect(await valueOf(near.claim('ann', holderOf('n2', '1'), {}))).toBe('claimed');
    // Used before, and by no node that beats: the claim is the last that this store asks for.
    await settled(held);
    const letGo = proxy.holdBack();
    expect(await valueOf(held.claim('ann', holderOf('n1', '1'), {}))).toBe('taken');
    await valueOf(near.release('ann', holderOf('n2', '1')));
    await letGo();
    const follower = new NewsFollower(near);
    await follower.until(() => follower.alls === 1);
    expect(follower.holders.size).toBe(0);
  });
});

describeWithRedis('what is told of claims', () => {
  test('may hold any text', async () => {
    const { stores } = await start();
    const details = { text: 'a lone \ud800, "quotes", \u2028 and \0' };
    const follower = new NewsFollower(stores[1]);
    await follower.until(() => follower.alls === 1);
    expect(await valueOf(stores[0].claim('ann', holderOf('n1', '1'), details))).toBe('claimed');
    expect(await valueOf(stores[1].claim('ann', holderOf('n2', '1'), details))).toBe('taken');
    await follower.until(() => follower.holders.has('ann'));
    await valueOf(stores[0].release('ann', holderOf('n1', '1')));
    await follower.until(() => !follower.holders.has('ann'));
    expect(follower.news).toContainEqual({
      kind: 'held',
      claim: { name: 'ann', holder: holderOf('n1', '1'), details },
    });
  });

  test('is told anew to who missed some of it', async () => {
    const { redis, proxy, stores } = await start();
    const [away, near] = stores;
    const follower = new NewsFollower(away);
    await follower.until(() => follower.alls === 1);
    proxy.refuse();
    proxy.cut();
    await Promise.all(names.map((name) => valueOf(near.claim(name, holderOf('n2', name), {}))));
    await Promise.all(
      names.slice(50).map((name) => valueOf(near.release(name, holderOf('n2', name)))),
    );
    expect(await redis.command('PING')).toBe('PONG');
    proxy.accept();
    await follower.until(() => follower.holders.size === 50 && follower.holders.has('name50'));
    expect(follower.holders.has('name51')).toBe(false);
  });
});
