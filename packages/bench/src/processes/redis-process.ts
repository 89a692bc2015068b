import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port';

const programs = { server: 'redis-server', cli: 'redis-cli' };
const commandTimeoutMs = 5_000;
const startTimeoutMs = 10_000;
const pollMs = 50;

const execute = promisify(execFile);

/** Whether Redis is installed here. */
export function hasRedis(path = process.env['PATH'] ?? ''): boolean {
  const folders = path.split(delimiter);
  return Object.values(programs).every((program) =>
    folders.some((folder) => existsSync(join(folder, program))),
  );
}

/** A Redis that keeps nothing, in a process and an empty directory of its own. */
export class RedisProcess {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {}

  /** Starts one; it may not answer yet. */
  static async start(): Promise<RedisProcess> {
    const port = await freePort();
    const directory = await mkdtemp(join(tmpdir(), 'chat-bench-redis-'));
    const settings = {
      '--bind': '127.0.0.1',
      '--port': String(port),
      '--dir': directory,
      '--save': '',
      '--appendonly': 'no',
      // A primary would wait 5 s for more replicas before it sends its data to one.
      '--repl-diskless-sync-delay': '0',
    };
    const child = spawn(programs.server, Object.entries(settings).flat(), { stdio: 'ignore' });
    // What cannot be started does not answer.
    child.on('error', () => undefined);
    return new RedisProcess(port, child, directory);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves once it answers. */
  async answering(): Promise<void> {
    await this.#until('answer', async () => (await this.command('PING')) === 'PONG');
  }

  /** Copies all that the Redis at a port of 127.0.0.1 has and gets; resolves once it is up to date. */
  async replicate(port: number): Promise<void> {
    await this.command('REPLICAOF', '127.0.0.1', String(port));
    await this.#until('replicate', async () =>
      (await this.command('INFO', 'replication')).includes('master_link_status:up'),
    );
  }

  /** Makes a primary of a replica. */
  async promote(): Promise<void> {
    await this.command('REPLICAOF', 'NO', 'ONE');
  }

  /** Closes all connections that clients have to it. */
  async killConnections(): Promise<void> {
    await this.command('CLIENT', 'KILL', 'TYPE', 'normal');
    await this.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
  }

  /** What redis-cli prints of the answer to a command. */
  async command(...args: readonly string[]): Promise<string> {
    const target = ['-h', '127.0.0.1', '-p', String(this.port), '-e'];
    const options = { timeout: commandTimeoutMs };
    return (await execute(programs.cli, [...target, ...args], options)).stdout.trim();
  }

  async #until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadlineMs = performance.now() + startTimeoutMs;
    while (!(await isSo().catch(() => false))) {
      if (this.#hasEnded) throw new Error('redis-server ended.');
      if (performance.now() > deadlineMs) throw new Error(`redis-server does not ${what}.`);
      await delay(pollMs);
    }
  }

  get #hasEnded(): boolean {
    const { exitCode, signalCode, pid } = this.child;
    return exitCode !== null || signalCode !== null || pid === undefined;
  }

  /** Has the process stand still for a while, its connections open. */
  async freeze(ms: number): Promise<void> {
    this.child.kill('SIGSTOP');
    await delay(ms);
    this.child.kill('SIGCONT');
  }

  /** Ends the process at once, as a crash does. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  /** Ends the process and removes its directory. */
  async end(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }
}
