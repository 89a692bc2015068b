import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { redisBinaries } from './redis-binaries.suite';
import { RedisProcess } from './redis-process.suite';

/** How long a command may take, or a replica to catch up. */
const waitMaxMs = 10_000;

/**
 * Below the ports that the system gives to outgoing connections, so that a port is still free when
 * its server restarts; and so that the one of a cluster's bus, 10,000 above, is too.
 */
const ports = { first: 10_000, last: 21_999 };
const portsTriedMax = 20;

interface RedisServerOptions {
  /** For the server, after those that it is given anyway, which they override. */
  readonly args?: readonly string[];
  /** A free one if left out. */
  readonly port?: number;
  /** A primary, or a proxy that leads to one. */
  readonly replicaOf?: { readonly port: number };
  /** Whether what was written survives a kill: each write is on disk before its answer. */
  readonly persistent?: boolean;
}

const execute = promisify(execFile);
const started = new Set<RedisServer>();

// Longer, so that it is told what was waited for.
jest.setTimeout(60_000);

// Not after each test: some servers are started before all of them.
afterAll(async () => {
  await Promise.all(Array.from(started, (server) => server.stop()));
});

/** A real Redis server on this machine, ended with the tests that started it. */
export class RedisServer {
  readonly #binaries = installedBinaries();
  readonly #folder = mkdtempSync(join(tmpdir(), 'chat-redis-'));
  readonly #args: readonly string[];
  #process: RedisProcess | undefined;

  private constructor(
    readonly port: number,
    { args = [], replicaOf, persistent = false }: RedisServerOptions,
  ) {
    const settings = {
      '--bind': '127.0.0.1',
      '--port': `${port}`,
      '--dir': this.#folder,
      '--daemonize': 'no',
      '--save': '',
      '--appendonly': persistent ? 'yes' : 'no',
      '--appendfsync': 'always',
      // By default a primary waits 5 s for more replicas before it sends its data to one.
      '--repl-diskless-sync-delay': '0',
    };
    const following = replicaOf && ['--replicaof', '127.0.0.1', `${replicaOf.port}`];
    this.#args = [...Object.entries(settings).flat(), ...(following ?? []), ...args];
    started.add(this);
  }

  /** Resolves when it answers; a replica may have nothing of its primary's yet. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const triesMax = options.port === undefined ? portsTriedMax : 1;
    for (let tries = 1; ; tries += 1) {
      const port = options.port ?? randomInt(ports.first, ports.last + 1);
      const server = new RedisServer(port, options);
      if (await server.#run()) return server;
      const log = server.log;
      await server.stop();
      if (tries === triesMax || !log.includes('Address already in use')) {
        throw new Error(`no server on port ${port}:\n${log}`);
      }
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** What it has logged since its last start. */
  get log(): string {
    return this.#process?.log ?? '';
  }

  /** Waits until it has logged the text since its last start; false if it ended before. */
  async logs(text: string): Promise<boolean> {
    return (await this.#process?.logs(text)) ?? false;
  }

  /** What redis-cli prints of the answer; an error as an answer rejects. */
  async command(...args: readonly string[]): Promise<string> {
    return await this.#ask(this.port, args);
  }

  /** Ends it as a crash does; clients see their connections closed. */
  async kill(): Promise<void> {
    this.#process?.signal('SIGKILL');
    await this.#process?.exit;
  }

  /** Has it stand still, with its connections open. */
  pause(): void {
    this.#process?.signal('SIGSTOP');
  }

  resume(): void {
    this.#process?.signal('SIGCONT');
  }

  /** Starts it as it was first started, where it was; kills it first if it still runs. */
  async restart(): Promise<void> {
    await this.kill();
    if (!(await this.#run())) throw new Error(`no server on port ${this.port}:\n${this.log}`);
  }

  /** Closes the connections of its clients, subscribers among them; replicas keep theirs. */
  async killConnections(): Promise<void> {
    for (const type of ['normal', 'pubsub']) {
      await this.command('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
    }
  }

  /** Makes a primary of a replica, until it restarts. */
  async promote(): Promise<void> {
    await this.command('REPLICAOF', 'NO', 'ONE');
  }

  /** Waits until a replica has all that its primary had when asked. */
  async caughtUp(): Promise<void> {
    const deadline = Date.now() + waitMaxMs;
    // Nothing tells of it; how long redis-cli takes is pause enough.
    while (!(await this.#isCaughtUp())) {
      if (Date.now() > deadline) throw new Error(`it did not catch up:\n${this.log}`);
    }
  }

  /** Kills it and removes what it kept; for good. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
    started.delete(this);
  }

  /** Resolves when it answers, or with false when it ended before. */
  #run(): Promise<boolean> {
    this.#process = new RedisProcess(this.#binaries.server, this.#args);
    return this.#process.logs('Ready to accept connections');
  }

  async #isCaughtUp(): Promise<boolean> {
    const primaryPort = Number((await this.#replication()).get('master_port'));
    if (Number.isNaN(primaryPort)) throw new Error('it is no replica');
    // The primary before the replica: the other way round, it could have more by then.
    const primary = await this.#replication(primaryPort);
    const replica = await this.#replication();
    return (
      replica.get('master_link_status') === 'up' &&
      replica.get('master_replid') === primary.get('master_replid') &&
      Number(replica.get('slave_repl_offset')) >= Number(primary.get('master_repl_offset'))
    );
  }

  async #replication(port = this.port): Promise<ReadonlyMap<string, string>> {
    const info = await this.#ask(port, ['INFO', 'replication']);
    return new Map(
      Array.from(info.matchAll(/^(\w+):(.*?)\r?$/gm), ([, name = '', value = '']) => [name, value]),
    );
  }

  async #ask(port: number, args: readonly string[]): Promise<string> {
    const { stdout } = await execute(
      this.#binaries.cli,
      ['-h', '127.0.0.1', '-p', `${port}`, '-e', ...args],
      { timeout: waitMaxMs },
    );
    return stdout.trim();
  }
}

function installedBinaries(): NonNullable<typeof redisBinaries> {
  if (redisBinaries === undefined) throw new Error('there is no Redis server on the PATH');
  return redisBinaries;
}
