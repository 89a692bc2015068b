import { texts } from '@chat-server/protocol';
import { httpAnswer } from '../http/http-client.suite';
import { RedisServer } from '../store/redis/redis-server.suite';
import { FaultProxy } from '../store/redis/fault-proxy.suite';
import { describeWithRedis } from '../store/redis/with-redis.suite';
import { Client } from './client.suite';
import { Crowd, nextTurn } from './crowd.suite';
import { ServerProcess } from './server-process.suite';

/** Lines that tell of comings and goings. */
const isNotice = (line: string): boolean => line.startsWith('[*]: User ');

async function nodesOn(url: string, count: number): Promise<ServerProcess[]> {
  return Promise.all(Array.from({ length: count }, () => ServerProcess.start('--store', url)));
}

/** One person on each node, all in a room that the first has made. */
async function meet(nodes: readonly ServerProcess[], room: string): Promise<Client[]> {
  const people: Client[] = [];
  for (const [index, node] of nodes.entries()) {
    const person = await Client.login(node.port, `p${index}`);
    if (index === 0) await person.does(`/create ${room}`, texts.roomCreated(room));
    people.push(person);
    person.types(`/join ${room}`);
    for (const each of people) await each.sees(texts.joined(person.name, room));
  }
  return people;
}

function two<Item>(items: readonly Item[]): readonly [Item, Item] {
  const [one, other] = items;
  if (one === undefined || other === undefined) throw new Error('fewer than two');
  return [one, other];
}

/** Five lines, numbered from here on. */
function says(person: Client, from: number): void {
  person.types(...Array.from({ length: 5 }, (_, index) => `${from + index}`));
}

/** How long until others are told that a node is gone, and a little more for a busy machine. */
const goneMaxMs = 15_000;

describeWithRedis('several nodes on one Redis', () => {
  test('a node that is killed has its people leave and their names free within 15 s', async () => {
    const redis = await RedisServer.start();
    const [here, there] = two(await nodesOn(redis.url, 2));
    const [one] = two(await meet([here, there], 'Planes'));
    const killedAtMs = Date.now();
    await there.kill();
    await one.transcript.until(texts.left('p1', 'Planes'), goneMaxMs);
    expect(Date.now() - killedAtMs).toBeLessThan(goneMaxMs);
    await one.does('/who', texts.roomMembers('Planes', ['p0']));
    await Client.login(here.port, 'p1');
  });

  test('a node that stops has its people leave and their names free at once', async () => {
    const redis = await RedisServer.start();
    const [here, there] = two(await nodesOn(redis.url, 2));
    const [one, other] = two(await meet([here, there], 'Planes'));
    there.signal('SIGTERM');
    await other.sees(texts.serverStopping);
    await one.sees(texts.left('p1', 'Planes'));
    expect(await there.exit).toEqual({ code: 0, signal: null });
    expect(there.records.filter(({ level }) => level === 'warn')).toEqual([]);
    // They are put back where they were.
    await Client.login(here.port, 'p1');
    await one.sees(texts.joined('p1', 'Planes'));
    await one.does('/users', texts.onlineUsers(['p0', 'p1']));
  });

  test('a node that stood still for long asks its people to log in again, and says nothing as them', async () => {
    const redis = await RedisServer.start();
    const [here, there] = two(await nodesOn(redis.url, 2));
    const [one, other] = two(await meet([here, there], 'Planes'));
    there.signal('SIGSTOP');
    other.types('said while it stood still');
    await one.transcript.until(texts.left('p1', 'Planes'), goneMaxMs);
    const namesake = await Client.login(here.port, 'p1');
    there.signal('SIGCONT');
    // It may be told first that others have its people's names, and then that it is another node.
    await there.record('another node', ({ msg }) => msg.startsWith('Node lapsed'));
    await other.transcript.shows('Log in again, please.');
    await other.transcript.shows('Login:');
    await other.does('p1', texts.nameInUse('p1'));
    await other.reads('Login:');
    await other.does('p2', texts.welcome('p2'), texts.helpHint);
    await other.does('/join Planes', texts.joined('p2', 'Planes'));
    other.types('myself again');
    await one.sees(texts.joined('p1', 'Planes'));
    for (const person of [one, namesake]) await person.transcript.until('[p2]: myself again');
    await namesake.does('/users', texts.onlineUsers(['p0', 'p1', 'p2']));
    expect(there.saidByNow('crash report')).toHaveLength(0);
  });

  test('while Redis is away nobody is disconnected, and all are told once; then all is as it was', async () => {
    const redis = await RedisServer.start({ persistent: true });
    const nodes = two(await nodesOn(redis.url, 2));
    const [one, other] = two(await meet(nodes, 'Planes'));
    await one.does('/topic wings', texts.topicSet('p0', 'wings'));
    await other.sees(texts.topicSet('p0', 'wings'));
    await redis.kill();
    for (const person of [one, other]) await person.sees(texts.storeLost);
    await one.does('lost?', texts.storeAway);
    await one.does('/rooms', texts.storeAway);
    await one.does('/who', texts.roomMembers('Planes', ['p0', 'p1']));
    const { httpPort } = nodes[0];
    expect(await httpAnswer(httpPort, '/readyz')).toMatchObject({
      status: 503,
      body: 'store-away',
    });
    await redis.restart();
    for (const person of [one, other]) await person.sees(texts.storeBack);
    expect(await httpAnswer(httpPort, '/readyz')).toMatchObject({ status: 200, body: 'ready' });
    one.types('kept');
    await other.sees('[p0]: kept');
    await other.does('/rooms', texts.rooms(['Planes']));
    const taken = await Client.connect(nodes[1].port);
    await taken.reads('Login:');
    await taken.does('p0', texts.nameInUse('p0'));
  });

  test('a Redis that comes back empty is told of the rooms and the people there are', async () => {
    const redis = await RedisServer.start();
    const nodes = two(await nodesOn(redis.url, 2));
    const [one, other] = two(await meet(nodes, 'Planes'));
    await one.does('/topic wings', texts.topicSet('p0', 'wings'));
    await other.sees(texts.topicSet('p0', 'wings'));
    await redis.kill();
    for (const person of [one, other]) await person.sees(texts.storeLost);
    await redis.restart();
    for (const person of [one, other]) {
      const read = [await person.transcript.line(), await person.transcript.line()];
      expect(read.toSorted()).toEqual([texts.storeBack, texts.linesLost('Planes')].toSorted());
    }
    one.types('go on');
    await other.sees('[p0]: go on');
    await other.does('/rooms', texts.rooms(['Planes']));
    await other.does('/topic', texts.topic('Planes', 'wings'));
    await one.does('/who', texts.roomMembers('Planes', ['p0', 'p1']));
    for (const { port } of nodes) {
      const taken = await Client.connect(port);
      await taken.reads('Login:');
      await taken.does('p0', texts.nameInUse('p0'));
      await taken.reads('Login:');
      await taken.does('p1', texts.nameInUse('p1'));
    }
    for (const node of nodes) expect(node.saidByNow('crash report')).toHaveLength(0);
  });

  test('a Redis that is emptied is told again within a few seconds, though nobody says anything', async () => {
    const redis = await RedisServer.start();
    const nodes = two(await nodesOn(redis.url, 2));
    const [one, other] = two(await meet(nodes, 'Planes'));
    await redis.command('FLUSHALL');
    for (const person of [one, other]) await person.sees(texts.linesLost('Planes'));
    for (const { port } of nodes) {
      const taken = await Client.connect(port);
      await taken.reads('Login:');
      await taken.does('p0', texts.nameInUse('p0'));
    }
    await other.does('/rooms', texts.rooms(['Planes']));
    one.types('go on');
    await other.sees('[p0]: go on');
    await one.does('/users', texts.onlineUsers(['p0', 'p1']));
    for (const node of nodes) expect(node.saidByNow('crash report')).toHaveLength(0);
  });

  test('connections to Redis that are cut again and again cost no line, on no node', async () => {
    const redis = await RedisServer.start();
    const proxy = await FaultProxy.start(redis);
    const [first, second] = two(await nodesOn(redis.url, 2));
    const [third] = await nodesOn(proxy.url, 1);
    const crowd = await Crowd.gather([first.port, second.port, third?.port ?? 0], 30);
    crowd.startTalking();
    for (let cut = 0; cut < 12; cut++) {
      await crowd.talksOn(15);
      if (cut % 3 === 0) proxy.cut();
      else if (cut % 3 === 1) await redis.killConnections();
      else await loseReplies(proxy);
    }
    await crowd.talksOn(15);
    await crowd.stopTalking();
    expect(await crowd.faults(isNotice)).toEqual([]);
  });

  test('three nodes are replaced one by one while people talk, and those who stay miss nothing', async () => {
    const redis = await RedisServer.start();
    const nodes = await nodesOn(redis.url, 3);
    const stays = await ServerProcess.start('--store', redis.url);
    const crowd = await Crowd.gather([stays.port], 10);
    crowd.startTalking();
    for (const [index, node] of nodes.entries()) {
      const guest = await Client.login(node.port, `guest${index}`);
      await guest.does('/join Planes', texts.joined(guest.name, 'Planes'));
      await crowd.talksOn(10);
      if (index === 1) await node.kill();
      else node.signal('SIGTERM');
      await node.exit;
      await ServerProcess.start('--store', redis.url);
      await crowd.talksOn(10);
    }
    await crowd.stopTalking();
    expect(await crowd.faults(isNotice)).toEqual([]);
  });

  test('whoever is on a node that drains says all they like, and is back on another without missing a line', async () => {
    const redis = await RedisServer.start();
    const here = await ServerProcess.start('--store', redis.url);
    const there = await ServerProcess.start('--store', redis.url, '--drain-timeout', '10s');
    const [one, other] = two(await meet([here, there], 'Planes'));
    says(one, 1);
    there.signal('SIGTERM');
    await other.transcript.until(texts.serverBeingReplaced(10_000, 'Planes'));
    says(other, 1);
    says(one, 6);
    for (const count of [1, 2, 3, 4, 5]) await one.transcript.until(`[p1]: ${count}`);
    await other.transcript.until('[p0]: 10');
    await other.reset();
    await one.transcript.until(texts.left('p1', 'Planes'));
    expect(await there.exit).toEqual({ code: 0, signal: null });
    says(one, 11);
    const back = await Client.login(here.port, 'p1');
    await back.sees(texts.joined('p1', 'Planes'), texts.missedMeanwhile('Planes', 5, 5));
    says(one, 16);
    await back.transcript.until('[p0]: 20');
    const read = (other.transcript.all + back.transcript.all).match(/(?<=\[p0\]: )\d+/g);
    expect(read?.map(Number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('when a replica takes over, all go on in one order, and are told if lines were lost', async () => {
    const primary = await RedisServer.start();
    const replica = await RedisServer.start({ replicaOf: primary });
    await replica.caughtUp();
    const proxy = await FaultProxy.start(primary);
    const nodes = two(await nodesOn(proxy.url, 2));
    const [one, other] = two(await meet(nodes, 'Planes'));
    one.types('kept');
    await other.sees('[p0]: kept');
    await replica.caughtUp();
    replica.pause();
    // What waits on the connection would reach it all the same.
    await primary.command('CLIENT', 'KILL', 'TYPE', 'replica');
    one.types('lost with the primary');
    await other.sees('[p0]: lost with the primary');
    await primary.kill();
    replica.resume();
    await replica.promote();
    proxy.retarget(replica);
    one.types('after');
    await other.transcript.until('[p0]: after');
    other.types('and on');
    await one.transcript.until('[p1]: and on');
    for (const { transcript } of [one, other]) {
      expect(transcript.all.split(texts.linesLost('Planes'))).toHaveLength(2);
      expect(transcript.all.match(/lost with the primary/g) ?? []).toHaveLength(
        transcript === other.transcript ? 1 : 0,
      );
    }
    one.types('/history');
    await one.sees(texts.history('Planes', 3));
    const history = [await one.transcript.line(), await one.transcript.line()];
    expect(history.map((line) => line.slice(6))).toEqual(['[p0]: kept', '[p0]: after']);
  });
});

/** Commands are done, and nobody hears of it; then the connection is gone. */
async function loseReplies(proxy: FaultProxy): Promise<void> {
  // Who lost its connections a moment ago may not have new ones yet.
  await proxy.replied();
  proxy.dropReplies();
  await proxy.replyDropped();
  await nextTurn();
  proxy.cut();
}
