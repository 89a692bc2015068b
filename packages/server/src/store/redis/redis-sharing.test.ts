import { holderOf, valueOf } from '../store-fixture.suite';
import { RedisServer } from './redis-server.suite';
import { newPrefix, NewsFollower, openStore } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

const leaseMs = 60_000;
const shared = { holdersMax: 3 };
const [one, two, three] = [holderOf('n1', '1'), holderOf('n2', '2'), holderOf('n2', '3')] as const;

/** A name that two nodes share, and how a version that knows nothing of that sees names. */
async function sharedName() {
  const redis = await RedisServer.start();
  const prefix = newPrefix();
  const store = await openStore(redis.url, prefix);
  await valueOf(store.beat('n1', leaseMs));
  await valueOf(store.beat('n2', leaseMs));
  for (const holder of [one, two, three]) await valueOf(store.claim('ann', holder, {}, shared));
  const names = `${prefix}{channel:claims}:names`;
  return {
    store,
    /** Which node and connection that version takes for the only one. */
    holder: async () => (await redis.command('HGET', names, 'ann')).split('\n').slice(0, 2),
    /** What that version does at the end of a connection that it finds to have the name. */
    frees: () => redis.command('HDEL', names, 'ann'),
  };
}

describeWithRedis('nodes that know nothing of shared names', () => {
  test('find each of them to be held, whoever goes first', async () => {
    const { store, holder } = await sharedName();
    expect(await holder()).toEqual([one.node, one.origin]);
    await valueOf(store.release('ann', one));
    expect(await holder()).toEqual([two.node, two.origin]);
    await valueOf(store.retire('n2'));
    expect(await holder()).toEqual(['']);
  });

  test('can free one, and the others still share it', async () => {
    const { store, holder, frees } = await sharedName();
    await frees();
    await valueOf(store.describe('ann', three, { is: 'here' }, true));
    expect(await holder()).toEqual([two.node, two.origin]);
    expect(await valueOf(store.claim('ann', holderOf('n1', '9'), {}))).toBe('taken');
    const follower = new NewsFollower(store);
    await follower.until(() => follower.alls === 1);
    const [news] = follower.news;
    expect(news?.kind === 'all' ? news.claims.length : 0).toBe(2);
    await valueOf(store.release('ann', two));
    await valueOf(store.release('ann', three));
    expect(await valueOf(store.claim('ann', holderOf('n1', '9'), {}))).toBe('claimed');
  });
});
