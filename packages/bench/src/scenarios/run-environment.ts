import { hasFaults } from '../checking/faults';
import type { GeneratorCalls } from '../generator/generator';
import { RemoteGenerator } from '../generator/remote-generator';
import type { Target } from '../generator/user-connection';
import { ServerProcess, type ServerCommand } from '../processes/server-process';
import type { RunResult } from './run-result';

/** How long a run measures. */
export interface RunTimes {
  readonly warmUpMs: number;
  readonly windowMs: number;
}

/** One server and the generators that drive it, all of which are ended with the run. */
export class RunEnvironment {
  readonly times: RunTimes;
  readonly target: Target;
  readonly #generators: readonly RemoteGenerator[];

  constructor(times: RunTimes, target: Target, generators: readonly RemoteGenerator[]) {
    this.times = times;
    this.target = target;
    this.#generators = generators;
  }

  /** How many generators share the work. */
  get generators(): number {
    return this.#generators.length;
  }

  /** Has all generators do the same at once; `args` may depend on which it is. */
  all<K extends keyof GeneratorCalls>(
    name: K,
    args: (index: number) => Parameters<GeneratorCalls[K]>,
  ): Promise<Awaited<ReturnType<GeneratorCalls[K]>>[]> {
    return Promise.all(
      this.#generators.map((generator, index) => generator.call(name, ...args(index))),
    );
  }

  /** Has the first generator do something. */
  first<K extends keyof GeneratorCalls>(
    name: K,
    ...args: Parameters<GeneratorCalls[K]>
  ): Promise<Awaited<ReturnType<GeneratorCalls[K]>>> {
    const [generator] = this.#generators;
    if (generator === undefined) throw new Error('There is no generator.');
    return generator.call(name, ...args);
  }
}

const running = new Set<{ end(): Promise<void> }>();
let isOver = false;

/** Ends whatever processes are left, such as on SIGINT, and lets none be started any more. */
export async function endAllProcesses(): Promise<void> {
  isOver = true;
  await Promise.all([...running].map((child) => child.end()));
  running.clear();
}

/**
 * Starts a server and its generators, runs `scenario` against them, and ends them whatever happens.
 * Fails if the server ended by itself without anything else having shown that.
 */
export async function withServer(
  command: ServerCommand,
  options: { readonly times: RunTimes; readonly generators: number },
  scenario: (environment: RunEnvironment) => Promise<RunResult[]>,
): Promise<RunResult[]> {
  const server = await ServerProcess.start(command);
  if (isOver) {
    await server.end();
    throw new Error('The benchmark is over.');
  }
  running.add(server);
  const generators = Array.from({ length: options.generators }, () => new RemoteGenerator());
  for (const generator of generators) running.add(generator);
  try {
    const target = await server.listening();
    const results = await scenario(new RunEnvironment(options.times, target, generators));
    if (server.failure !== undefined && !results.some(({ faults }) => hasFaults(faults))) {
      throw new Error(server.failure);
    }
    return results;
  } catch (error) {
    throw server.failure === undefined ? error : new Error(server.failure, { cause: error });
  } finally {
    for (const child of [...generators, server]) {
      await child.end();
      running.delete(child);
    }
  }
}
