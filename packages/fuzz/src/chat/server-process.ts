import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { holds } from '../target';
import { within } from './episode';
import { FaultLog } from './log';

const startMaxMs = 30_000;

/** The built server as an operator runs it, in a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #log = new FaultLog();
  #port = Promise.withResolvers<number>();
  #isEnding = false;
  #ended: string | undefined;

  private constructor(args: readonly string[]) {
    const manifest = createRequire(__filename).resolve('chat-server/package.json');
    const binary = join(dirname(manifest), 'bin/chat-server.js');
    const { PATH = '' } = process.env;
    this.#child = spawn(process.execPath, [binary, ...args], {
      env: { PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    this.#child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk).slice(-4_000)));
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    }
    this.#child.once('close', (code, signal) => {
      this.#ended = `${code ?? signal}: ${stderr}`;
      this.#port.reject(new Error(`the server has ended: ${this.#ended}`));
    });
  }

  static async start(...args: readonly string[]): Promise<ServerProcess> {
    const host = ['--host', '127.0.0.1', '--port', '0', '--store', 'memory:', '--no-http'];
    const server = new ServerProcess([...host, ...args]);
    await within(startMaxMs, server.#port.promise, 'the server does not start');
    return server;
  }

  get port(): Promise<number> {
    return this.#port.promise;
  }

  /** Throws if it has ended, or its log tells of a crash. */
  check(): void {
    holds(this.#isEnding || this.#ended === undefined, 'the server has ended', this.#ended);
    this.#log.check();
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    if (this.#ended !== undefined) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }

  #take(line: string): void {
    if (!line.startsWith('{')) return;
    const record = JSON.parse(line) as { level: string; msg: string; port?: number };
    if (record.msg.startsWith('Chat server listening on port'))
      this.#port.resolve(record.port ?? 0);
    if (['error', 'fatal', 'warn'].includes(record.level)) {
      this.#log[record.level as 'error' | 'fatal' | 'warn'](record, record.msg);
    }
  }
}
