/**
 * Runs asynchronous work one piece after another, so that a supervisor does one thing at a time.
 * Nothing runs before the first {@link JobQueue.next}.
 */
export class JobQueue {
  readonly #waiting: (() => Promise<void>)[] = [];
  #busy = true;

  /** `onDone` is told of each job's end, and calls {@link next}. */
  constructor(private readonly onDone: (job: Promise<void>) => void) {}

  push(job: () => Promise<void>): void {
    this.#waiting.push(job);
    if (!this.#busy) this.next();
  }

  next(): void {
    const job = this.#waiting.shift();
    this.#busy = job !== undefined;
    if (job !== undefined) this.onDone(job());
  }
}
