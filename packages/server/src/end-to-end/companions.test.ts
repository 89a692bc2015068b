import { texts } from '@chat-server/protocol';
import { RedisServer } from '../store/redis/redis-server.suite';
import { describeWithRedis } from '../store/redis/with-redis.suite';
import { Client } from './client.suite';
import { ServerProcess } from './server-process.suite';

const password = 'correct horse';
/** How long until others are told that a node is gone, and a little more for a busy machine. */
const goneMaxMs = 15_000;

/** One more connection of somebody, who has registered. */
async function again(port: number, name: string): Promise<Client> {
  const client = await Client.connect(port, name);
  client.types(name, password);
  await client.transcript.until(texts.helpHint);
  return client;
}

/** Someone with a connection to each of two processes on one Redis, and somebody who watches. */
async function companions() {
  const redis = await RedisServer.start({ persistent: true });
  const args = ['--store', redis.url, '--max-connections-per-account', '3'];
  const [here, there] = await Promise.all([
    ServerProcess.start(...args),
    ServerProcess.start(...args),
  ]);
  const watcher = await Client.login(here.port, 'two');
  for (const room of ['Planes', 'Trains']) {
    await watcher.does(`/create ${room}`, texts.roomCreated(room));
  }
  await watcher.does('/join Planes', texts.joined('two', 'Planes'));
  const one = await Client.login(here.port, 'one');
  await one.does(`/register ${password}`, texts.registered('one'));
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  await watcher.sees(texts.joined('one', 'Planes'));
  const other = await again(there.port, 'one');
  await other.sees(texts.joinedElsewhere('Planes'));
  return { redis, here, there, watcher, one, other };
}

describeWithRedis('somebody who is connected to two nodes', () => {
  test('has one conversation: they say, see and leave the same', async () => {
    const { watcher, one, other } = await companions();
    other.types('from there');
    for (const each of [watcher, one]) await each.sees('[one]: from there');
    watcher.types('/w one psst');
    for (const each of [one, other]) await each.sees('<<two>>: psst');
    one.types('/reply what?');
    await watcher.sees('<<one>>: what?');
    await other.sees(texts.youWhispered('two', 'what?'));
    await one.does('/join Trains', texts.joined('one', 'Trains'));
    await other.sees(texts.joinedElsewhere('Trains'));
    await watcher.sees(texts.left('one', 'Planes'));
    await watcher.does('/users', texts.onlineUsers(['two', 'one']));
    await other.does('/leave', texts.leftRoom('Trains'));
    await one.sees(texts.leftElsewhere('Trains'));
    expect([watcher, one, other].map(({ transcript }) => transcript.unread)).toEqual(['', '', '']);
  });

  test('may be connected as often as is allowed, and no more', async () => {
    const { here, there } = await companions();
    await again(here.port, 'one');
    const fourth = await Client.connect(there.port);
    fourth.types('one', password);
    await fourth.transcript.shows(texts.accountFull('one', 3));
    expect(there.saidByNow('crash report')).toHaveLength(0);
  });

  test('is still there when one of the nodes is killed, and joins in again on the other', async () => {
    const { here, there, watcher, one } = await companions();
    const guest = await Client.login(there.port, 'guest');
    await guest.does('/join Planes', texts.joined('guest', 'Planes'));
    for (const each of [watcher, one]) await each.sees(texts.joined('guest', 'Planes'));
    await there.kill();
    for (const each of [watcher, one]) {
      expect(await each.transcript.until(texts.left('guest', 'Planes'), goneMaxMs)).toEqual([]);
    }
    one.types('still here');
    await watcher.sees('[one]: still here');
    const next = await again(here.port, 'one');
    await next.transcript.until(texts.joinedElsewhere('Planes'));
    await next.sees(texts.missedMeanwhile('Planes', 1, 1), '[one]: still here');
    await one.does('/quit', texts.bye);
    next.types('and here');
    await watcher.sees('[one]: and here');
    await next.does('/quit', texts.bye);
    await watcher.sees(texts.left('one', 'Planes'));
    expect(watcher.transcript.unread).toBe('');
  });

  test('is together again after Redis was away while they moved', async () => {
    const { redis, watcher, one, other } = await companions();
    await redis.kill();
    for (const each of [watcher, one, other]) await each.sees(texts.storeLost);
    await redis.restart();
    for (const each of [watcher, one, other]) await each.transcript.until(texts.storeBack);
    one.types('/join Trains');
    await one.transcript.until(texts.joined('one', 'Trains'));
    await other.transcript.until(texts.joinedElsewhere('Trains'));
    await watcher.transcript.until(texts.left('one', 'Planes'));
    expect(watcher.transcript.unread).toBe('');
  });
});
