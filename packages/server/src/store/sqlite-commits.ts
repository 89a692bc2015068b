import type { Clock } from '@chat-server/supervision';
import type { SqliteDatabase } from './sqlite-database';
import { isNumberTooLarge, isSqliteError } from './sqlite-error';
import type { StoreAnswer } from './store';

/** What some work changes, in order of what is asked of its transaction. */
export type Writes = 'nothing' | 'lines' | 'documents';

interface Job {
  readonly writes: Writes;
  run(database: SqliteDatabase): void;
  /** It was done, and is in the file. */
  settle(): void;
  /** Nothing of it was done. */
  refuse(): void;
}

/** How long after a failure it is tried whether writing works again, though nobody asks. */
const retryMs = 1_000;
/** How long what is asked waits for a database that is closed, by a restart of its keeper say. */
const closedMaxMs = 5_000;

/**
 * Group commit: what is asked during one turn of the event loop is done at its end in one
 * transaction, in the order in which it was asked, and answered when that is committed.
 *
 * A transaction that fails is answered with `store-away`, all of it; that it works again is known
 * from the next that does. Reads wait for what was asked before them, and else are done at once.
 */
export class SqliteCommits {
  #database: SqliteDatabase | undefined;
  #jobs: Job[] = [];
  #isFlushPlanned = false;
  #isAvailable = true;
  #cancelRetry: (() => void) | undefined;
  #cancelRefusal: (() => void) | undefined;
  readonly #listeners = new Set<(isAvailable: boolean) => void>();

  constructor(private readonly clock: Pick<Clock, 'after'>) {}

  /** Undefined while it is closed. */
  get database(): SqliteDatabase | undefined {
    return this.#database;
  }

  /** Begins to do what is asked, and what was asked before. */
  open(database: SqliteDatabase): void {
    this.#cancelRefusal?.();
    this.#cancelRefusal = undefined;
    this.#database = database;
    this.#flush();
  }

  /** Does what was asked, and closes the database. */
  close(): void {
    this.#flush();
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#database?.close();
    this.#database = undefined;
  }

  /** Does `work`, then says so to `committed`, then answers; a throw of `work` is the answer's. */
  ask<Value>(
    writes: Writes,
    work: (database: SqliteDatabase) => Value,
    committed: (value: Value) => void = () => undefined,
  ): Promise<StoreAnswer<Value>> {
    const { promise, resolve, reject } = Promise.withResolvers<StoreAnswer<Value>>();
    let done: (() => void) | undefined;
    this.#add({
      writes,
      run(database) {
        try {
          const value = work(database);
          done = () => {
            resolve({ ok: true, value });
            committed(value);
          };
        } catch (error) {
          if (isSqliteError(error)) throw error;
          // What is asked for is damaged, and nothing else is.
          const isDamaged = isNumberTooLarge(error);
          done = () => (isDamaged ? resolve({ ok: false, reason: 'store-away' }) : reject(error));
        }
      },
      settle: () => done?.(),
      refuse: () => resolve({ ok: false, reason: 'store-away' }),
    });
    return promise;
  }

  watch(listener: (isAvailable: boolean) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#isAvailable);
    return () => void this.#listeners.delete(listener);
  }

  /** Notes that the database could not be read or written. */
  failed(): void {
    this.#tell(false);
    this.#cancelRetry?.();
    this.#cancelRetry = this.clock.after(retryMs, () => {
      void this.ask('lines', ({ log }) => log.touch());
    });
  }

  #add(job: Job): void {
    this.#jobs.push(job);
    if (this.#database === undefined) {
      this.#cancelRefusal ??= this.clock.after(closedMaxMs, () => this.#refuseAll());
    } else if (job.writes === 'nothing' && this.#jobs.length === 1) {
      this.#flush();
    } else if (!this.#isFlushPlanned) {
      this.#isFlushPlanned = true;
      setImmediate(() => {
        this.#isFlushPlanned = false;
        this.#flush();
      });
    }
  }

  #flush(): void {
    if (this.#database === undefined || this.#jobs.length === 0) return;
    const jobs = this.#jobs;
    this.#jobs = [];
    try {
      this.#run(jobs, this.#database);
    } catch (error) {
      for (const job of jobs) job.refuse();
      this.failed();
      if (!isSqliteError(error)) throw error;
      return;
    }
    if (jobs.some(({ writes }) => writes !== 'nothing')) this.#works();
    settleAll(jobs);
  }

  #run(jobs: readonly Job[], database: SqliteDatabase): void {
    const runAll = (): void => {
      for (const job of jobs) job.run(database);
    };
    if (jobs.every(({ writes }) => writes === 'nothing')) {
      runAll();
      return;
    }
    const hasDocuments = jobs.some(({ writes }) => writes === 'documents');
    database.transaction(hasDocuments ? 'power-cut' : 'kill', runAll);
  }

  #works(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#tell(true);
  }

  #refuseAll(): void {
    this.#cancelRefusal = undefined;
    const jobs = this.#jobs;
    this.#jobs = [];
    for (const job of jobs) job.refuse();
  }

  #tell(isAvailable: boolean): void {
    if (isAvailable === this.#isAvailable) return;
    this.#isAvailable = isAvailable;
    for (const listener of this.#listeners) listener(isAvailable);
  }
}

/** One that throws, by a bug of who is told, keeps the others from nothing. */
function settleAll(jobs: readonly Job[]): void {
  const errors: unknown[] = [];
  for (const job of jobs) {
    try {
      job.settle();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
