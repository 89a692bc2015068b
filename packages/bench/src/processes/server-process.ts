import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Target } from '../generator/user-connection';

/** How to start one of the servers under test: the file Node runs, and what it is told. */
export interface ServerCommand {
  readonly file: string;
  readonly args: readonly string[];
}

const startTimeoutMs = 10_000;
const stderrKeptCharacters = 2_000;

/** The port in a record of the server's log that says it listens; none in any other line. */
export function portOfRecord(line: string): number | undefined {
  try {
    const record = JSON.parse(line) as { msg?: unknown; port?: unknown };
    const listens =
      typeof record.msg === 'string' && record.msg.startsWith('Chat server listening on port');
    return listens && typeof record.port === 'number' ? record.port : undefined;
  } catch {
    return undefined;
  }
}

/** A server under test, in a process and an empty directory of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #directory: string;
  #stderr = '';

  private constructor(child: ChildProcess, directory: string) {
    this.#child = child;
    this.#directory = directory;
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-stderrKeptCharacters);
    });
  }

  /** Starts a server; it may not listen yet. */
  static async start(command: ServerCommand): Promise<ServerProcess> {
    // Whatever it keeps in files must be neither in the way nor there for the next run.
    const directory = await mkdtemp(join(tmpdir(), 'chat-bench-'));
    const child = spawn(process.execPath, [command.file, ...command.args], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', XDG_STATE_HOME: directory },
    });
    return new ServerProcess(child, directory);
  }

  /** Resolves once the server says that it listens. */
  listening(): Promise<Target> {
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`${why}\n${this.#stderr}`.trim()));
      const timer = setTimeout(() => fail('The server does not listen.'), startTimeoutMs);
      const { stdout, pid } = this.#child;
      if (stdout === null || pid === undefined) return fail('The server cannot be started.');
      const lines = createInterface({ input: stdout });
      lines.on('line', (line) => {
        const port = portOfRecord(line);
        if (port === undefined) return;
        clearTimeout(timer);
        lines.close();
        // What else it logs is thrown away, but must be read, or the server would block on it.
        stdout.resume();
        resolve({ port, pid });
      });
      this.#child.once('exit', () => {
        clearTimeout(timer);
        fail('The server ended before it listened.');
      });
    });
  }

  /** Whether it has ended by itself, and what it then said last. */
  get failure(): string | undefined {
    return this.#ended ? `The server ended. ${this.#stderr}`.trim() : undefined;
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Ends the process and removes its directory. */
  async end(): Promise<void> {
    if (!this.#ended) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await exited;
    }
    await rm(this.#directory, { recursive: true, force: true });
  }
}
