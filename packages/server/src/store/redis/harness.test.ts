import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { FaultProxy } from './fault-proxy.suite';
import { redisBinaries } from './redis-binaries.suite';
import { RedisCluster } from './redis-cluster.suite';
import { RedisServer } from './redis-server.suite';
import { describeWithRedis } from './with-redis.suite';

const wires = new Set<Wire>();

afterEach(() => {
  for (const wire of wires) wire.end();
});

/** A connection on which commands are sent as lines, and answers come as lines. */
class Wire {
  readonly lines: string[] = [];
  /** Resolves when the connection is gone, with the code of the error that it was lost by. */
  readonly closed: Promise<string | undefined>;
  readonly #socket: Socket;
  readonly #answers: AsyncIterator<string, undefined>;

  constructor({ port }: { readonly port: number }) {
    this.#socket = connect({ port, host: '127.0.0.1' });
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.closed = promise;
    let lostBy: string | undefined;
    this.#socket.on('error', ({ code }: Error & { code?: string }) => (lostBy = code));
    this.#socket.once('close', () => resolve(lostBy));
    const reader = createInterface({ input: this.#socket });
    reader.on('line', (line) => this.lines.push(line));
    this.#answers = reader[Symbol.asyncIterator]();
    wires.add(this);
  }

  send(command: string): void {
    this.#socket.write(`${command}\r\n`);
  }

  async answer(): Promise<string | undefined> {
    return (await this.#answers.next()).value;
  }

  async ask(command: string): Promise<string | undefined> {
    this.send(command);
    return await this.answer();
  }

  end(): void {
    this.#socket.destroy();
    wires.delete(this);
  }
}

describeWithRedis('a real Redis server', () => {
  test('keeps what is written', async () => {
    const server = await RedisServer.start();
    expect(await server.command('SET', 'greeting', 'hello world')).toBe('OK');
    expect(await server.command('GET', 'greeting')).toBe('hello world');
    await expect(server.command('INCR', 'greeting')).rejects.toThrow('not an integer');
  });

  test('comes back empty after a kill', async () => {
    const server = await RedisServer.start();
    await server.command('SET', 'key', 'value');
    await server.kill();
    await expect(server.command('PING')).rejects.toThrow('Connection refused');
    await server.restart();
    expect(await server.command('DBSIZE')).toBe('0');
  });

  test('comes back with what was written after a kill if it is persistent', async () => {
    const server = await RedisServer.start({ persistent: true });
    await server.command('SET', 'key', 'value');
    await server.restart();
    expect(await server.command('GET', 'key')).toBe('value');
  });

  test('is not started on a port that is taken', async () => {
    const { port } = await RedisServer.start();
    await expect(RedisServer.start({ port })).rejects.toThrow('Address already in use');
  });

  test('says why it does not start', async () => {
    const started = RedisServer.start({ args: ['--no-such-option', 'yes'] });
    await expect(started).rejects.toThrow('Bad directive');
  });

  test('answers after a pause', async () => {
    const server = await RedisServer.start();
    const wire = new Wire(server);
    expect(await wire.ask('PING')).toBe('+PONG');
    server.pause();
    wire.send('PING');
    const other = await RedisServer.start();
    expect(await other.command('PING')).toBe('PONG');
    expect(wire.lines).toEqual(['+PONG']);
    server.resume();
    expect(await wire.answer()).toBe('+PONG');
  });

  test('closes the connections of commands and of subscribers', async () => {
    const server = await RedisServer.start();
    const [commands, subscriber] = [new Wire(server), new Wire(server)];
    await commands.ask('PING');
    await subscriber.ask('SUBSCRIBE channel');
    await server.killConnections();
    await Promise.all([commands.closed, subscriber.closed]);
    expect(await server.command('PING')).toBe('PONG');
  });

  test('is copied by a replica, which takes over', async () => {
    const primary = await RedisServer.start();
    await primary.command('SET', 'early', '1');
    const replica = await RedisServer.start({ replicaOf: primary });
    await replica.caughtUp();
    await primary.command('SET', 'late', '2');
    await replica.caughtUp();
    expect(await replica.command('MGET', 'early', 'late')).toBe('1\n2');
    await expect(replica.command('SET', 'late', '3')).rejects.toThrow('READONLY');

    await primary.kill();
    await replica.promote();
    expect(await replica.command('SET', 'late', '3')).toBe('OK');
    await expect(replica.caughtUp()).rejects.toThrow('no replica');
  });
});

describeWithRedis('a real Redis Cluster', () => {
  test('serves every slot, and tells where a key is', async () => {
    const { servers } = await RedisCluster.start();
    expect(servers).toHaveLength(3);
    for (const server of servers) {
      expect(await server.command('CLUSTER', 'INFO')).toContain('cluster_state:ok');
    }
    // The slot of "foo" is 12182: the last server's.
    const [first, , last] = servers;
    await expect(first.command('SET', 'foo', 'bar')).rejects.toThrow(
      `MOVED 12182 127.0.0.1:${last?.port}`,
    );
    expect(await first.command('-c', 'SET', 'foo', 'bar')).toBe('OK');
    expect(await last?.command('GET', 'foo')).toBe('bar');
  });
});

describeWithRedis('a proxy in front of a Redis server', () => {
  let server: RedisServer;
  let proxy: FaultProxy;

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  beforeEach(async () => {
    await server.command('FLUSHALL');
    proxy = await FaultProxy.start(server);
  });

  test('passes on what is said', async () => {
    const cli = redisBinaries?.cli ?? '';
    const { stdout } = await promisify(execFile)(cli, ['-u', proxy.url, 'SET', 'key', 'value']);
    expect(stdout.trim()).toBe('OK');
    expect(await server.command('GET', 'key')).toBe('value');
  });

  test('passes on an end, after the answers before it', async () => {
    const wire = new Wire(proxy);
    wire.send('PING\r\nQUIT');
    expect([await wire.answer(), await wire.answer(), await wire.answer()]).toEqual([
      '+PONG',
      '+OK',
      undefined,
    ]);
    expect(await wire.closed).toBeUndefined();
  });

  test('resets connections, and takes new ones', async () => {
    const wire = new Wire(proxy);
    await wire.ask('PING');
    proxy.cut();
    expect(await wire.closed).toBe('ECONNRESET');
    expect(await new Wire(proxy).ask('PING')).toBe('+PONG');
  });

  test('resets a connection when there is nothing behind it', async () => {
    const gone = await RedisServer.start();
    await gone.stop();
    expect(await new Wire(await FaultProxy.start(gone)).closed).toBe('ECONNRESET');
  });

  test('holds bytes back while it is stalled, of old and new connections', async () => {
    const old = new Wire(proxy);
    await old.ask('PING');
    proxy.stall();
    const young = new Wire(proxy);
    old.send('INCR count');
    young.send('INCR count');
    expect(await server.command('GET', 'count')).toBe('');
    expect(old.lines).toEqual(['+PONG']);
    proxy.flow();
    expect(new Set([await old.answer(), await young.answer()])).toEqual(new Set([':1', ':2']));
  });

  test('delivers what was held back for a connection that ended meanwhile', async () => {
    const subscriber = new Wire(server);
    await subscriber.ask('SUBSCRIBE channel');
    const wire = new Wire(proxy);
    await wire.ask('PING');
    proxy.stall();
    wire.send('PUBLISH channel late');
    wire.end();
    await server.command('PUBLISH', 'channel', 'early');
    proxy.flow();
    while (subscriber.lines.at(-1) !== 'late') await subscriber.answer();
    expect(subscriber.lines).toContain('early');
  });

  test('goes to another server when told to', async () => {
    const other = await RedisServer.start();
    const wire = new Wire(proxy);
    await wire.ask('SET key here');
    proxy.retarget(other);
    expect(await wire.closed).toBe('ECONNRESET');
    await new Wire(proxy).ask('SET key there');
    expect(await server.command('GET', 'key')).toBe('here');
    expect(await other.command('GET', 'key')).toBe('there');
  });

  test('drops replies to commands that are carried out', async () => {
    const wire = new Wire(proxy);
    await wire.ask('PING');
    proxy.dropReplies();
    wire.send('SET key value');
    await proxy.replyDropped();
    expect(await server.command('GET', 'key')).toBe('value');
    expect(wire.lines).toEqual(['+PONG']);
    proxy.cut();
    await wire.closed;
    expect(await new Wire(proxy).ask('EXISTS key')).toBe(':1');
  });

  test('resets new connections while it refuses them', async () => {
    const old = new Wire(proxy);
    await old.ask('PING');
    proxy.refuse();
    expect(await new Wire(proxy).closed).toBe('ECONNRESET');
    expect(await old.ask('PING')).toBe('+PONG');
    proxy.accept();
    expect(await new Wire(proxy).ask('PING')).toBe('+PONG');
  });

  test('is gone when it is closed', async () => {
    const wire = new Wire(proxy);
    await wire.ask('PING');
    const { port } = proxy;
    await proxy.close();
    expect(await wire.closed).toBe('ECONNRESET');
    expect(await new Wire({ port }).closed).toBe('ECONNREFUSED');
  });
});
