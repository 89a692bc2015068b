import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Waiting } from '../../waiting.suite';

/** How long a server has for what is expected of it. */
const waitMaxMs = 20_000;

/** A program that logs, from its start to its end. */
export class RedisProcess {
  /** Resolves when it has ended, whatever of. */
  readonly exit: Promise<void>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #hasEnded = false;
  readonly #waiting = new Waiting();

  constructor(program: string, args: readonly string[]) {
    const { PATH = '', HOME = '' } = process.env;
    this.#child = spawn(program, args, {
      env: { PATH, HOME },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.exit = promise;
    for (const input of [this.#child.stdout, this.#child.stderr]) {
      if (input) createInterface({ input }).on('line', (line) => this.#take(line));
    }
    this.#child.once('close', () => {
      this.#hasEnded = true;
      this.#waiting.wake();
      resolve();
    });
  }

  /** What it has logged. */
  get log(): string {
    return this.#lines.join('\n');
  }

  /** Waits until it has logged the text, past or to come; false if it ended before. */
  async logs(text: string): Promise<boolean> {
    const isThere = (): boolean => this.#lines.some((line) => line.includes(text));
    const whatIs = (): string => `it did not log "${text}":\n${this.log}`;
    await this.#waiting.until(() => isThere() || this.#hasEnded, whatIs, waitMaxMs);
    return isThere();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  #take(line: string): void {
    this.#lines.push(line);
    this.#waiting.wake();
  }
}
