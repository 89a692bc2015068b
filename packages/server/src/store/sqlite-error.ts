/** What node:sqlite throws when SQLite refuses something; other errors are bugs. */
export interface SqliteError extends Error {
  /** SQLite's extended result code. */
  readonly errcode: number;
  readonly errstr: string;
}

/** SQLite's primary result codes that are told apart (https://www.sqlite.org/rescode.html). */
export const sqliteCodes = {
  busy: 5,
  readOnly: 8,
  corrupt: 11,
  notADatabase: 26,
} as const;

export function isSqliteError(error: unknown): error is SqliteError {
  // Not by its class: native errors are not of the realm that tests run in.
  return (error as { readonly code?: unknown } | undefined)?.code === 'ERR_SQLITE_ERROR';
}

/** Whether a number in the file is larger than any that was ever written there by this program. */
export function isNumberTooLarge(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === 'ERR_OUT_OF_RANGE';
}

/** The low byte of an extended result code. */
export function primaryCode({ errcode }: SqliteError): number {
  return errcode & 0xff;
}
