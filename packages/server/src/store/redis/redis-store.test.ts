import { naiveBackend } from '../naive-store.suite';
import { describeStore } from '../store-contract.suite';
import { expectSameOutcomes } from '../store-model.suite';
import { redisBackend } from './redis-fixture.suite';
import { RedisServer } from './redis-server.suite';
import { describeWithRedis } from './with-redis.suite';

describeWithRedis('one Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  const backend = redisBackend('Redis', () => redis.url);

  describeStore(backend);

  test('whatever is done to it, it does what the naive store does', async () => {
    expect.hasAssertions();
    await expectSameOutcomes(backend, naiveBackend, 60);
  });
});
