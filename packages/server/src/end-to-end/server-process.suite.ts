import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const packageFolder = join(__dirname, '../..');
const binary = join(packageFolder, 'bin/chat-server.js');

/** How long a server has for what is expected of it. */
const waitMaxMs = 20_000;

// Longer, so that it is told what was waited for.
jest.setTimeout(60_000);

/** A record of the log; its fields are whatever they are. */
export interface LogRecord {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const running = new Set<ServerProcess>();

afterEach(async () => {
  await Promise.all(Array.from(running, (server) => server.kill()));
});

/** The built server as an operator runs it, ended with the test that started it. */
export class ServerProcess {
  readonly records: LogRecord[] = [];
  /** What was written that is no record. */
  readonly plainLines: string[] = [];
  stderr = '';
  readonly exit: Promise<Exit>;
  readonly #child: ChildProcess;
  /** Where it keeps its store when it is not told, for itself alone. */
  readonly #state = mkdtempSync(join(tmpdir(), 'chat-state-'));
  #exited: Exit | undefined;
  #waiting: (() => void)[] = [];

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const { PATH = '', HOME = '' } = process.env;
    this.#child = spawn(process.execPath, [binary, ...args], {
      // Of memory, it keeps what its unit for systemd lets it keep.
      env: { PATH, HOME, XDG_STATE_HOME: this.#state, MALLOC_ARENA_MAX: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
    const { promise, resolve } = Promise.withResolvers<Exit>();
    this.exit = promise;
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    if (this.#child.stdout) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    }
    this.#child.once('close', (code, signal) => {
      this.#exited = { code, signal };
      rmSync(this.#state, { recursive: true });
      running.delete(this);
      this.#wake();
      resolve(this.#exited);
    });
  }

  /** A server that listens on free ports of this machine, and lets tests be faster than people. */
  static start(...args: readonly string[]): Promise<ServerProcess> {
    return ServerProcess.startGuarded('--no-flood-control', ...args);
  }

  /** One with flood control, as it is by default. */
  static async startGuarded(...args: readonly string[]): Promise<ServerProcess> {
    const loopback = ['--host', '127.0.0.1', '--http-host', '127.0.0.1'];
    const freePorts = ['--port', '0', '--http-port', '0'];
    const server = new ServerProcess([...loopback, ...freePorts, ...args]);
    await server.record('listening', ({ msg }) => msg.startsWith('Chat server listening on port'));
    if (!args.includes('--no-http')) {
      await server.record('listening for HTTP', ({ httpPort }) => httpPort !== undefined);
    }
    return server;
  }

  get port(): number {
    return this.#logged('port');
  }

  get httpPort(): number {
    return this.#logged('httpPort');
  }

  /** Waits for the first record that matches, past or to come. */
  async record(what: string, matches: (record: LogRecord) => boolean): Promise<LogRecord> {
    const [first] = await this.recordsOf(what, 1, matches);
    if (first === undefined) throw new Error(`no record: ${what}`);
    return first;
  }

  /** Waits until that many match. */
  async recordsOf(
    what: string,
    count: number,
    matches: (record: LogRecord) => boolean,
  ): Promise<readonly LogRecord[]> {
    const deadline = Date.now() + waitMaxMs;
    for (;;) {
      const found = this.records.filter(matches);
      if (found.length >= count) return found;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0 || this.#exited !== undefined) {
        const ended = this.#exited === undefined ? 'still runs' : JSON.stringify(this.#exited);
        throw new Error(
          `${found.length} of ${count} records (${what}), the server ${ended}: ${this.stderr}`,
        );
      }
      await this.#more(leftMs);
    }
  }

  /** Records with that message, once there are so many: they may come after what people read. */
  said(message: string, count = 1): Promise<readonly LogRecord[]> {
    return this.recordsOf(message, count, ({ msg }) => msg === message);
  }

  /** Those that have come by now. */
  saidByNow(message: string): readonly LogRecord[] {
    return this.records.filter(({ msg }) => msg === message);
  }

  /** Nobody reads its log from now on, and what is written there fails. */
  closeLog(): void {
    this.#child.stdout?.destroy();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exit;
  }

  /** Memory in use, in bytes. */
  get rssBytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
  }

  #logged(field: 'port' | 'httpPort'): number {
    const port = this.records.find((record) => record[field] !== undefined)?.[field];
    if (typeof port !== 'number') throw new Error(`the server does not listen: no ${field}`);
    return port;
  }

  #take(line: string): void {
    if (line.startsWith('{')) this.records.push(JSON.parse(line) as LogRecord);
    else this.plainLines.push(line);
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #more(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => resolve(), withinMs);
    this.#waiting.push(() => {
      clearTimeout(timer);
      resolve();
    });
    return promise;
  }
}

/** Runs the command until it ends by itself. */
export async function runToEnd(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Exit & { readonly stdout: string; readonly stderr: string }> {
  const command = new ServerProcess(args, environment);
  const exit = await command.exit;
  const printed = [...command.plainLines, ...command.records.map((each) => JSON.stringify(each))];
  return { ...exit, stdout: printed.join('\n'), stderr: command.stderr };
}
