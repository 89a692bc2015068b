import type { DatabaseSync } from 'node:sqlite';

/** Marks a file as ours: `chat`, as SQLite's `application_id`. */
export const applicationId = 0x63_68_61_74;

/**
 * What makes a database of each version from the one before; `user_version` says how many were
 * done. Released steps are never changed: a new one is added at the end.
 *
 * A row of `batch` is what one append brought, as a JSON array: under load that is a whole turn's
 * lines for one insertion. `line` shows them one by one to whoever looks into the file.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE document (
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (collection, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE batch (
    channel TEXT NOT NULL,
    last_offset INTEGER NOT NULL,
    first_offset INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    entries TEXT NOT NULL,
    PRIMARY KEY (channel, last_offset)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX batch_by_age ON batch (at_ms);

  CREATE VIEW line AS
    SELECT channel, first_offset + entry.key AS "offset", entry.value AS body
    FROM batch, json_each(batch.entries) AS entry;

  CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO counter VALUES ('offset_floor', 0);
  `,
];

/** The number that a pragma answers. */
export function pragma(database: DatabaseSync, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get() ?? {};
  return Number(Object.values(row)[0]);
}

/** Brings a database to the last of these steps: in one transaction, or not at all. */
export function migrate(database: DatabaseSync, steps: readonly string[] = migrations): void {
  const missing = steps.slice(pragma(database, 'user_version'));
  if (missing.length === 0) return;
  database.exec('BEGIN IMMEDIATE');
  for (const step of missing) database.exec(step);
  database.exec(`PRAGMA application_id = ${applicationId}`);
  database.exec(`PRAGMA user_version = ${steps.length}`);
  database.exec('COMMIT');
  // So that the version stands in the file itself, whatever becomes of the log beside it.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
