import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a SQLite store is. */
export interface SqliteLocation {
  readonly file: string;
  /** Made when it is not there, for its owner only; other directories must exist. */
  readonly ownDirectory?: string;
}

/** What begins the URL of a SQLite store. */
export const sqliteScheme = 'sqlite:';

/** The file that `sqlite:<file>` names; `sqlite:` alone is `chat.db` in the state directory. */
export function sqliteLocation(url: string, environment: Environment): SqliteLocation {
  // What is written with an empty host is meant as a path: sqlite:///var/lib/chat.db
  const path = url.slice(sqliteScheme.length).replace(/^\/\/(?=\/)/, '');
  if (path !== '') return { file: resolve(path) };
  const ownDirectory = stateDirectory(environment);
  return { file: join(ownDirectory, 'chat.db'), ownDirectory };
}

/** Systemd's `StateDirectory=`, which may name several, else as the XDG specification says. */
function stateDirectory(environment: Environment): string {
  const [given = ''] = (environment['STATE_DIRECTORY'] ?? '').split(':');
  if (given !== '') return resolve(given);
  const base = environment['XDG_STATE_HOME'] ?? '';
  return join(isAbsolute(base) ? base : join(homedir(), '.local/state'), 'chat-server');
}
