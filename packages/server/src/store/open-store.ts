import { systemClock } from '@chat-server/supervision';
import type { Limits } from '../domain/limits';
import { MemoryStore } from './memory-store';
import { sqliteLocation, sqliteScheme } from './sqlite-location';
import { SqliteStore } from './sqlite-store';
import type { Store } from './store';

/** The store that a URL names. Throws an error that says which there are. */
export function openStore(url: string, limits: Limits): Store {
  const { historyLinesMax: channelEntriesMax, historyAgeMaxMs: entryAgeMaxMs } = limits;
  if (url === 'memory:') return new MemoryStore(systemClock, channelEntriesMax);
  if (url.startsWith(sqliteScheme)) {
    const location = sqliteLocation(url, process.env);
    return new SqliteStore(location, systemClock, { channelEntriesMax, entryAgeMaxMs });
  }
  throw new Error(`There is no store ${JSON.stringify(url)}; use memory: or sqlite:<file>`);
}
