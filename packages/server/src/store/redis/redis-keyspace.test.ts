import { holderOf, valueOf } from '../store-fixture.suite';
import { RedisServer } from './redis-server.suite';
import { newPrefix, numbers, openStore, useAll } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;
const entryAgeMaxMs = 30 * dayMs;

/** Tells of each key how long it has to live. */
const tellLives = `
  local told = {}
  for index, key in ipairs(redis.call('KEYS', '*')) do
    told[index] = key .. ' ' .. redis.call('PTTL', key)
  end
  return told`;

/** How long each key has to live; -1 for ever. */
async function lives(redis: RedisServer): Promise<ReadonlyMap<string, number>> {
  const lines = (await redis.command('EVAL', tellLives, '0')).split('\n');
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space))];
    }),
  );
}

describeWithRedis('keys of a store', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  beforeEach(() => redis.command('FLUSHALL'));

  test('begin with its prefix, and go when they are of no use any more', async () => {
    const prefix = newPrefix();
    const store = await openStore(redis.url, prefix, { entryAgeMaxMs });
    await useAll(store);
    const times = [...(await lives(redis))];
    expect(times.length).toBeGreaterThan(200);
    expect(times.filter(([key]) => !key.startsWith(prefix))).toEqual([]);
    const documents = times.filter(([key]) => key.endsWith(':documents'));
    expect(documents.filter(([, ms]) => ms !== -1)).toEqual([]);
    const others = times.filter(([key]) => !key.endsWith(':documents'));
    expect(others.filter(([, ms]) => ms <= 0 || ms > entryAgeMaxMs + dayMs)).toEqual([]);
  });

  test('of what is appended briefly go within minutes, where offsets go on within days', async () => {
    const prefix = newPrefix();
    const store = await openStore(redis.url, prefix, { entryAgeMaxMs });
    await valueOf(store.append('brief', ['a'], { briefly: true }));
    const times = await lives(redis);
    const log = times.get(`${prefix}{channel:brief}:log`) ?? 0;
    expect(log).toBeGreaterThan(minuteMs / 2);
    expect(log).toBeLessThanOrEqual(2 * minuteMs);
    expect(times.get(`${prefix}{channel:brief}:meta`)).toBeGreaterThan(log);
  });

  test('of what is kept do not go earlier because of what is appended briefly', async () => {
    const prefix = newPrefix();
    const store = await openStore(redis.url, prefix, { entryAgeMaxMs });
    await valueOf(store.append('log', ['a']));
    await valueOf(store.append('log', ['b'], { briefly: true }));
    const times = await lives(redis);
    expect(times.get(`${prefix}{channel:log}:log`)).toBeGreaterThan(entryAgeMaxMs - minuteMs);
    expect(times.get(`${prefix}{channel:log}:meta`)).toBeGreaterThan(entryAgeMaxMs);
  });

  test('of appends that are remembered stay few', async () => {
    const prefix = newPrefix();
    for (const number of numbers(20)) {
      const store = await openStore(redis.url, prefix);
      for (const _ of numbers(10)) await valueOf(store.append('log', [number]));
      await store.close();
    }
    const fields = await redis.command('HLEN', `${prefix}{channel:log}:meta`);
    // One an author, and head, run and count.
    expect(Number(fields)).toBeLessThanOrEqual(23);
  });

  test('are apart from those of a store with another prefix', async () => {
    const [one, other] = [
      await openStore(redis.url, newPrefix()),
      await openStore(redis.url, newPrefix()),
    ];
    await useAll(one);
    expect((await valueOf(other.tail('room:1', 9))).entries).toEqual([]);
    expect(await valueOf(other.list('notes1'))).toEqual([]);
    await valueOf(other.beat('n2', minuteMs));
    expect(await valueOf(other.claim('ann', holderOf('n2', '1'), {}))).toBe('claimed');
  });
});
