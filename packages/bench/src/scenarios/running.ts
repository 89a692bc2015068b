/** What must be ended, such as a process. */
interface Ending {
  end(): Promise<void>;
}

const all = new Set<Running>();
let isOver = false;

/** Ends whatever processes are left, such as on SIGINT, and lets none be started any more. */
export async function endAllProcesses(): Promise<void> {
  isOver = true;
  await Promise.all([...all].map((running) => running.end()));
}

/** What one run has started. */
export class Running {
  readonly #parts: Ending[] = [];

  /** Runs `task`, and ends whatever it has added, whatever happens. */
  static async during<T>(task: (running: Running) => Promise<T>): Promise<T> {
    const running = new Running();
    all.add(running);
    try {
      return await task(running);
    } finally {
      await running.end();
      all.delete(running);
    }
  }

  /** Adds what was started just now; throws when everything is being ended. */
  add<T extends Ending>(part: T): T {
    this.#parts.push(part);
    if (isOver) {
      void part.end();
      throw new Error('The benchmark is over.');
    }
    return part;
  }

  /** Ends all parts, the last first. */
  async end(): Promise<void> {
    for (const part of this.#parts.splice(0).toReversed()) await part.end();
  }
}
