import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../manual-clock.suite';
import type { LogLimits } from './sqlite-log';
import { SqliteStore } from './sqlite-store';
import type { StoreBackend } from './store-fixture.suite';

const roomy: LogLimits = { channelEntriesMax: 1_000, entryAgeMaxMs: 30 * 86_400_000 };

/** A directory for one test's files. */
export class TestDirectory {
  readonly path = mkdtempSync(join(tmpdir(), 'chat-store-'));
  readonly file = join(this.path, 'chat.db');

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** A store in a file, whose time is the test's. */
export function sqliteStoreIn(
  file: string,
  clock = new ManualClock(),
  limits: Partial<LogLimits> = {},
): SqliteStore {
  return new SqliteStore({ file }, clock, { ...roomy, ...limits });
}

/** SQLite as a store to be tried out. */
export const sqliteBackend: StoreBackend = {
  name: 'SQLite',
  start({ channelEntriesMax }) {
    const directory = new TestDirectory();
    const clock = new ManualClock();
    const store = sqliteStoreIn(directory.file, clock, { channelEntriesMax });
    return {
      stores: [store, store],
      elapse: (ms) => clock.advance(ms),
      close: () => directory.remove(),
    };
  },
};
