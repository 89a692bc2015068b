import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StartError } from '@chat-server/supervision';
import { isSqliteError, primaryCode, sqliteCodes } from './sqlite-error';
import type { SqliteLocation } from './sqlite-location';
import { applicationId, migrate, migrations, pragma } from './sqlite-schema';

/**
 * Opens a database for this process alone, makes it when it is not there, and brings it to the
 * present version. Throws a StartError of one line, and leaves the file byte for byte as it was,
 * when it is corrupt, no chat database, of a newer version, or in use by another process.
 */
export function openDatabase({ file, ownDirectory }: SqliteLocation): DatabaseSync {
  try {
    if (ownDirectory !== undefined) mkdirSync(ownDirectory, { recursive: true, mode: 0o700 });
    makeFile(file);
    if (statSync(file).size > 0) inspect(file);
    return openExclusively(file);
  } catch (error) {
    throw asStartError(file, error);
  }
}

/** SQLite would let everyone read it. */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Looks whether a file is fit to be opened, through a connection that cannot write: one that can
 * would move the log beside a refused file into it when it is closed.
 */
function inspect(file: string): void {
  const url = pathToFileURL(file);
  // Without a log nobody has it open, and nothing needs to be made beside it to read it.
  if (!existsSync(`${file}-wal`) && !existsSync(`${file}-journal`)) {
    url.searchParams.set('immutable', '1');
  }
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    judge(file, database);
  } catch (error) {
    // A transaction that was cut off while the file was made: who opens it to write undoes it.
    if (isSqliteError(error) && primaryCode(error) === sqliteCodes.readOnly) return;
    throw error;
  } finally {
    database.close();
  }
}

function judge(file: string, database: DatabaseSync): void {
  const version = pragma(database, 'user_version');
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get();
  const isEmpty = version === 0 && tables?.['count'] === 0;
  if (!isEmpty && pragma(database, 'application_id') !== applicationId) {
    throw new StartError(`${file} is a database of another program; name another file`);
  }
  if (version > migrations.length) {
    throw new StartError(
      `${file} was written by a newer chat-server: its version is ${version}, this one knows ${migrations.length}`,
    );
  }
  const [{ quick_check: verdict } = {}] = database.prepare('PRAGMA quick_check(1)').all();
  if (verdict !== 'ok') throw new StartError(corruptLine(file));
}

function openExclusively(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    // The lock is taken with the first transaction, and kept.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database);
    // Only who shares a file needs it, and whoever inspected this one may have left it.
    rmSync(`${file}-shm`, { force: true });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function asStartError(file: string, error: unknown): Error {
  if (error instanceof StartError) return error;
  if (!isSqliteError(error)) return unopened(file, (error as Error).message, error);
  switch (primaryCode(error)) {
    case sqliteCodes.busy:
      return new StartError(`${file} is in use by another process`, { cause: error });
    case sqliteCodes.notADatabase:
      return new StartError(`${file} is no SQLite database; name another file`, { cause: error });
    case sqliteCodes.corrupt:
      return new StartError(corruptLine(file), { cause: error });
  }
  return unopened(file, error.errstr, error);
}

function unopened(file: string, why: string, cause: unknown): StartError {
  return new StartError(`Cannot open the store ${file}: ${why}`, { cause });
}

function corruptLine(file: string): string {
  return `${file} is corrupt; restore it from a backup, or move it away to start with an empty one`;
}
