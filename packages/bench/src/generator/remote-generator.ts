import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { GeneratorCalls } from './generator';

/** What is asked of a generator process. */
export interface Call {
  readonly id: number;
  readonly name: keyof GeneratorCalls;
  readonly args: unknown[];
}

/** What it answers to the call with the same id. */
export type Answer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** A load generator in a process of its own. */
export class RemoteGenerator {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #calls = 0;

  constructor() {
    this.#child = fork(require.resolve('./generator-process'), { serialization: 'advanced' });
    this.#child.on('message', (message) => {
      const answer = message as Answer;
      this.#answer(answer.id, answer);
    });
    this.#child.on('exit', () => {
      for (const id of this.#waiting.keys()) {
        this.#answer(id, { id, ok: false, message: 'its process ended' });
      }
    });
  }

  #answer(id: number, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  /** Has the generator do one thing; fails with what it says if it cannot. */
  async call<K extends keyof GeneratorCalls>(
    name: K,
    ...args: Parameters<GeneratorCalls[K]>
  ): Promise<Awaited<ReturnType<GeneratorCalls[K]>>> {
    const id = this.#calls++;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ id, name, args } satisfies Call);
    });
    if (!answer.ok) throw new Error(`The generator could not ${name}: ${answer.message}`);
    return answer.result as Awaited<ReturnType<GeneratorCalls[K]>>;
  }

  /** Ends the process and all its connections. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
