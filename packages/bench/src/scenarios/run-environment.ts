import { hasFaults } from '../checking/faults';
import type { GeneratorCalls } from '../generator/generator';
import { RemoteGenerator } from '../generator/remote-generator';
import type { Target } from '../generator/user-connection';
import { freePort } from '../processes/free-port';
import { ServerNode } from '../processes/server-node';
import type { ServerCommand } from '../processes/server-process';
import type { RunResult } from './run-result';
import type { RunningStore } from './running-store';
import type { Running } from './running';

/** How long a run measures. */
export interface RunTimes {
  readonly warmUpMs: number;
  readonly windowMs: number;
}

/** The servers of one run and the generators that drive them, all of which end with the run. */
export class RunEnvironment {
  constructor(
    readonly times: RunTimes,
    readonly nodes: readonly ServerNode[],
    /** Where they keep what they share, if they share anything. */
    readonly store: RunningStore | undefined,
    private readonly loadGenerators: readonly RemoteGenerator[],
  ) {}

  /** Where the servers are. */
  get targets(): Target[] {
    return this.nodes.map(({ target }) => target);
  }

  /** The process of the only server, or of the first. */
  get pid(): number {
    return this.nodes[0]?.target.pid ?? 0;
  }

  /** How many generators share the work. */
  get generators(): number {
    return this.loadGenerators.length;
  }

  /** Has all generators do the same at once; `args` may depend on which it is. */
  all<K extends keyof GeneratorCalls>(
    name: K,
    args: (index: number) => Parameters<GeneratorCalls[K]>,
  ): Promise<Awaited<ReturnType<GeneratorCalls[K]>>[]> {
    return Promise.all(
      this.loadGenerators.map((generator, index) => generator.call(name, ...args(index))),
    );
  }

  /** Has the first generator do something. */
  first<K extends keyof GeneratorCalls>(
    name: K,
    ...args: Parameters<GeneratorCalls[K]>
  ): Promise<Awaited<ReturnType<GeneratorCalls[K]>>> {
    const [generator] = this.loadGenerators;
    if (generator === undefined) throw new Error('There is no generator.');
    return generator.call(name, ...args);
  }
}

/** What a run is made of. */
export interface RunSetUp {
  readonly times: RunTimes;
  readonly generators: number;
  readonly nodes: number;
  /** Starts what the servers share. */
  readonly startStore: ((running: Running) => Promise<RunningStore>) | undefined;
  /** How to start a server, given the port at which what they share is. */
  readonly command: (storePort: number | undefined) => ServerCommand;
}

/**
 * Starts what a run is made of, as part of `running`, and runs `scenario` with it. Fails if a server
 * ended by itself without anything else having shown that.
 */
export async function runWithServers(
  { times, generators, nodes, startStore, command }: RunSetUp,
  running: Running,
  scenario: (environment: RunEnvironment) => Promise<RunResult[]>,
): Promise<RunResult[]> {
  const store = await startStore?.(running);
  const servers: ServerNode[] = [];
  while (servers.length < nodes) {
    // Only what may be started again needs a port of its own.
    const port = nodes > 1 ? await freePort() : undefined;
    servers.push(running.add(new ServerNode(command(store?.port), port)));
  }
  const failure = (): string | undefined => servers.find((server) => server.failure)?.failure;
  try {
    await Promise.all(servers.map((server) => server.start()));
    const load = Array.from({ length: generators }, () => running.add(new RemoteGenerator()));
    const results = await scenario(new RunEnvironment(times, servers, store, load));
    const reason = failure();
    if (reason !== undefined && !results.some(({ faults }) => hasFaults(faults))) {
      throw new Error(reason);
    }
    return results;
  } catch (error) {
    const reason = failure();
    throw reason === undefined ? error : new Error(reason, { cause: error });
  }
}
