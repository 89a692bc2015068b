import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from './sqlite-documents';
import type { SqliteLocation } from './sqlite-location';
import { type LogLimits, SqliteLog } from './sqlite-log';
import { openDatabase } from './sqlite-open';

/**
 * What a transaction outlives. Killing the process loses neither: what is committed is the system's
 * by then. A power cut may lose lines of the last moments, in whole transactions and never the file.
 */
export type Durability = 'kill' | 'power-cut';

const synchronous = { kill: 'NORMAL', 'power-cut': 'FULL' } as const;

/** An open database, with its statements prepared. */
export class SqliteDatabase {
  readonly documents: SqliteDocuments;
  readonly log: SqliteLog;
  readonly #database: DatabaseSync;
  #durability: Durability | undefined;

  /** Throws a StartError when it cannot be opened. */
  constructor(location: SqliteLocation, limits: LogLimits) {
    this.#database = openDatabase(location);
    this.documents = new SqliteDocuments(this.#database);
    this.log = new SqliteLog(this.#database, limits);
  }

  /** Does something in a transaction: all of it or, when this throws, nothing. */
  transaction(durability: Durability, act: () => void): void {
    try {
      if (durability !== this.#durability) {
        this.#database.exec(`PRAGMA synchronous = ${synchronous[durability]}`);
        this.#durability = durability;
      }
      this.#database.exec('BEGIN IMMEDIATE');
      act();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.log.forget();
      this.#undo();
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  #undo(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // After some errors SQLite has done so itself, and there is none to undo.
    }
  }
}
