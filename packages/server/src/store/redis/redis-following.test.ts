import { valueOf } from '../store-fixture.suite';
import { RedisServer } from './redis-server.suite';
import { LogFollower, numbers, openStores } from './redis-trial.suite';
import { describeWithRedis } from './with-redis.suite';

describeWithRedis('who begins to follow', () => {
  test('while others catch up is handed all from its own offset', async () => {
    const redis = await RedisServer.start();
    const [here, there] = await openStores(redis.url);
    await Promise.all(numbers(500).map((entry) => valueOf(there.append('log', [entry]))));
    const { entries, head } = await valueOf(here.tail<number>('log', 500));
    const followers: LogFollower[] = [];
    for (const round of numbers(50)) {
      // The reading that one asks for is under way when the next comes, who needs more.
      const near = new LogFollower(here, 'log', head - round);
      const far = new LogFollower(here, 'log');
      followers.push(near, far);
      await near.untilHas(round);
    }
    for (const [index, follower] of followers.entries()) {
      const count = index % 2 === 0 ? Math.floor(index / 2) + 1 : 500;
      await follower.untilHas(count);
      expect(follower.entries).toEqual(entries.slice(-count));
      expect(follower.gaps).toEqual([]);
    }
  });
});
