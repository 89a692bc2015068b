import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** Attacks the server with so many connections; the answer ends that. */
export function attackWith(connections: number, port: number): () => Promise<void> {
  const child = run('./attackers.suite', port, connections);
  return async () => {
    if (child.exitCode !== null) throw new Error('the attackers have given up');
    running.delete(child);
    child.kill('SIGKILL');
    await once(child, 'close');
  };
}

/** For how long people are to talk, and how often one of them says something. */
export interface TalkOrder {
  readonly forMs: number;
  readonly everyMs: number;
}

/** What was seen of a time of talk. */
export interface Heard {
  readonly lines: number;
  readonly missing: number;
  /** Since all have joined. */
  readonly disconnected: number;
  /** From when a line is sent to when it is read, of one in a hundred and the slowest. */
  readonly p99Ms: number;
}

/** People in a room who talk all the time, each now and then; built for many of them. */
export class Talk {
  readonly #people: ChildProcess;

  private constructor(port: number, size: number) {
    this.#people = run('./talkers.suite', port, size);
  }

  /** Has so many people log in and join. */
  static async gather(port: number, size: number): Promise<Talk> {
    const talk = new Talk(port, size);
    await talk.#answer();
    return talk;
  }

  /** Has people talk in turns, then hears it out. */
  async talks(order: TalkOrder): Promise<Heard> {
    const answer = this.#answer();
    this.#people.send(order);
    return (await answer) as Heard;
  }

  #answer(): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onExit = (): void => reject(new Error('those who talk have given up'));
    this.#people.once('exit', onExit);
    this.#people.once('message', (answer) => {
      this.#people.off('exit', onExit);
      resolve(answer);
    });
    return promise;
  }
}

/** A process that ends with this one. */
function run(script: string, ...args: readonly number[]): ChildProcess {
  const child = fork(require.resolve(script), args.map(String), { execArgv: ['--no-warnings'] });
  running.add(child);
  return child;
}
