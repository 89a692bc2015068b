import { naiveBackend } from '../naive-store.suite';
import { describeStore } from '../store-contract.suite';
import { expectSameOutcomes } from '../store-model.suite';
import { FaultProxy } from './fault-proxy.suite';
import { RedisCluster } from './redis-cluster.suite';
import { redisBackend } from './redis-fixture.suite';
import { RedisServer } from './redis-server.suite';
import { describeWithRedis } from './with-redis.suite';

describeWithRedis('a Redis cluster of three primaries', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });
  const backend = redisBackend('Redis Cluster', () => cluster.url);

  describeStore(backend);

  test('whatever is done to it, it does what the naive store does', async () => {
    expect.hasAssertions();
    await expectSameOutcomes(backend, naiveBackend, 40);
  });
});

describeWithRedis('a Redis behind a proxy', () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start(await RedisServer.start());
  });
  const backend = redisBackend('proxied Redis', () => proxy.url);

  describeStore(backend);

  test('whatever is done to it, it does what the naive store does', async () => {
    expect.hasAssertions();
    await expectSameOutcomes(backend, naiveBackend, 40);
  });
});
