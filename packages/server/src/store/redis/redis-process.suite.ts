import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How long a server has for what is expected of it. */
const waitMaxMs = 20_000;

/** A program that logs, from its start to its end. */
export class RedisProcess {
  /** Resolves when it has ended, whatever of. */
  readonly exit: Promise<void>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #hasEnded = false;
  #waiting: (() => void)[] = [];

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
      this.#wake();
      resolve();
    });
  }

  /** What it has logged. */
  get log(): string {
    return this.#lines.join('\n');
  }

  /** Waits until it has logged the text, past or to come; false if it ended before. */
  async logs(text: string): Promise<boolean> {
    const deadline = Date.now() + waitMaxMs;
    for (;;) {
      if (this.#lines.some((line) => line.includes(text))) return true;
      if (this.#hasEnded) return false;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new Error(`it did not log "${text}":\n${this.log}`);
      await this.#more(leftMs);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  #take(line: string): void {
    this.#lines.push(line);
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
