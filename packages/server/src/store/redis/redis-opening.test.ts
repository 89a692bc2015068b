import { StartError } from '@chat-server/supervision';
import { createHook } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { holderOf, valueOf } from '../store-fixture.suite';
import { RedisCluster } from './redis-cluster.suite';
import { redisStoreAt } from './redis-fixture.suite';
import { RedisServer } from './redis-server.suite';
import { AvailabilityWatcher, LogFollower, newPrefix, openStore } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

const away = { ok: false, reason: 'store-away' };

/** What stops a store from opening: one line. */
async function refusalOf(url: string): Promise<string> {
  const error: unknown = await redisStoreAt(url)
    .open()
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (!(error instanceof StartError)) throw new Error(`no StartError: ${String(error)}`);
  expect(error.message).not.toContain('\n');
  return error.message;
}

/** What was made since and keeps the process from ending: timers that it waits for, and connections. */
class Holders {
  readonly #made = new Map<number, { hasRef(): boolean }>();
  readonly #hook = createHook({
    init: (id, kind, _trigger, made) => {
      if (kind === 'Timeout' || kind === 'TCPWRAP') {
        this.#made.set(id, made as { hasRef(): boolean });
      }
    },
    destroy: (id) => this.#made.delete(id),
  }).enable();

  get count(): number {
    return Array.from(this.#made.values()).filter((made) => made.hasRef()).length;
  }

  stop(): void {
    this.#hook.disable();
  }
}

describeWithRedis('opening a store', () => {
  test('says where it is when nothing listens there, without the password', async () => {
    const redis = await RedisServer.start();
    await redis.kill();
    const line = await refusalOf(`redis://ann:secret@127.0.0.1:${redis.port}`);
    expect(line).toContain(`127.0.0.1:${redis.port}`);
    expect(line).toContain('ECONNREFUSED');
    expect(line).not.toContain('secret');
  });

  test('says so when the password is wrong, or there is none', async () => {
    const redis = await RedisServer.start({ args: ['--requirepass', 'right'] });
    const wrong = await refusalOf(`redis://:secret@127.0.0.1:${redis.port}`);
    expect(wrong).toContain('WRONGPASS');
    expect(wrong).not.toContain('secret');
    expect(await refusalOf(redis.url)).toContain('NOAUTH');
    const store = await openStore(`redis://:right@127.0.0.1:${redis.port}`, newPrefix());
    await valueOf(store.append('log', ['a']));
  });

  test('says so when there is no such database, and never takes another one', async () => {
    const redis = await RedisServer.start();
    expect(await refusalOf(`${redis.url}/99`)).toContain('DB index is out of range');
    const cluster = await RedisCluster.start(1);
    expect(await refusalOf(`${cluster.url}/1`)).toContain('a cluster has database 0 only');
  });

  test('is away, and says why, where it may not do what it has to', async () => {
    const redis = await RedisServer.start();
    await redis.command('ACL', 'SETUSER', 'weak', 'on', '>weak', '~*', '&*', '+@all', '-publish');
    const store = await openStore(`redis://weak:weak@127.0.0.1:${redis.port}`, newPrefix());
    const reasons: (string | undefined)[] = [];
    store.watchAvailability((_isAvailable, reason) => reasons.push(reason));
    expect(await store.beat('n1', 1_000)).toEqual({ ok: true, value: 'alive' });
    expect(await store.claim('ann', holderOf('n1', '1'), {})).toEqual(away);
    expect(reasons.at(-1)).toMatch(/publish|can't run this command/i);
  });

  test('says so when what listens there says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    try {
      expect(await refusalOf(`redis://127.0.0.1:${port}`)).toContain(`127.0.0.1:${port}`);
    } finally {
      silent.close();
    }
  });

  test('works in another database, which has its own keys', async () => {
    const redis = await RedisServer.start();
    const prefix = newPrefix();
    const store = await openStore(`${redis.url}/3`, prefix);
    await valueOf(store.append('log', ['a']));
    await redis.killConnections();
    await valueOf(store.append('log', ['b']));
    expect((await valueOf(store.tail('log', 9))).entries).toEqual(['a', 'b']);
    expect(await redis.command('DBSIZE')).toBe('0');
  });

  test('again after a close does not fail when Redis is away, and goes on when it is back', async () => {
    const redis = await RedisServer.start({ persistent: true });
    const store = await openStore(redis.url, newPrefix());
    const watcher = new AvailabilityWatcher(store);
    const follower = new LogFollower(store, 'log');
    await valueOf(store.append('log', ['a']));
    await follower.untilHas(1);
    await store.close();
    await redis.kill();
    await store.open();
    await watcher.untilIs(false);
    expect(await store.append('log', ['unsent'])).toEqual(away);
    await redis.restart();
    await watcher.untilIs(true);
    await valueOf(store.append('log', ['b']));
    await follower.untilHas(2);
    expect(follower.entries).toEqual(['a', 'b']);
    expect(watcher.told).toEqual([true, false, true]);
  });
});

describeWithRedis('a store that is closed', () => {
  test('answers that it is away, to what waits too', async () => {
    const redis = await RedisServer.start();
    const store = await openStore(redis.url, newPrefix());
    const watcher = new AvailabilityWatcher(store);
    await valueOf(store.append('log', ['a']));
    redis.pause();
    const sent = store.append('log', ['sent']);
    const waiting = store.append('log', ['waiting']);
    await store.close();
    expect(await waiting).toEqual(away);
    expect(await store.append('log', ['late'])).toEqual(away);
    expect(await store.read({ collection: 'notes', id: 'a' })).toEqual(away);
    expect(await store.beat('n1', 1_000)).toEqual(away);
    expect(watcher.told).toEqual([true]);
    redis.resume();
    // Only then can be told what became of what was sent.
    await store.open();
    await valueOf(sent);
    expect((await valueOf(store.tail('log', 9))).entries).toEqual(['a', 'sent']);
  });

  test('keeps no process from ending, whatever state Redis was in', async () => {
    const redis = await RedisServer.start();
    const holders = new Holders();
    const store = await openStore(redis.url, newPrefix());
    const follower = new LogFollower(store, 'log');
    await valueOf(store.append('log', ['a']));
    await follower.untilHas(1);
    await redis.killConnections();
    await valueOf(store.append('log', ['b']));
    await follower.untilHas(2);
    expect(holders.count).toBeGreaterThan(0);
    redis.pause();
    void store.append('log', ['c']);
    void store.read({ collection: 'notes', id: 'a' });
    await store.close();
    const until = performance.now() + 1_000;
    while (holders.count > 0 && performance.now() < until) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(holders.count).toBe(0);
    holders.stop();
    redis.resume();
  });
});
