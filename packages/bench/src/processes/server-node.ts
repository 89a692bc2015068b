import type { Target } from '../generator/user-connection';
import { ServerProcess, type ServerCommand } from './server-process';

/** A server that may be killed, and started again where it was. */
export class ServerNode {
  readonly #command: ServerCommand;
  readonly #port: number | undefined;
  #process: ServerProcess | undefined;
  #target: Target | undefined;
  #isEnded = false;

  /** Listens at `port`; one that has none is not started a second time. */
  constructor(command: ServerCommand, port?: number) {
    this.#command = command;
    this.#port = port;
  }

  /** Where it is. */
  get target(): Target {
    if (this.#target === undefined) throw new Error('The server does not listen yet.');
    return this.#target;
  }

  /** Whether it has ended by itself, and what it then said last. */
  get failure(): string | undefined {
    return this.#process?.failure;
  }

  /** Starts it; resolves once it listens. */
  async start(): Promise<Target> {
    const { file, args } = this.#command;
    const port = this.#port === undefined ? [] : ['--port', String(this.#port)];
    const process = await ServerProcess.start({ file, args: [...args, ...port] });
    this.#process = process;
    if (this.#isEnded) {
      await process.end();
      throw new Error('The server was ended.');
    }
    this.#target = await process.listening();
    return this.#target;
  }

  /** Ends its process at once, as a crash does. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await process?.end();
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.kill();
  }
}
