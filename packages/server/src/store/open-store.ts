import { systemClock } from '@chat-server/supervision';
import type { Limits } from '../domain/limits';
import { MemoryStore } from './memory-store';
import { isRedisUrl, redisLocation } from './redis/redis-location';
import { RedisStore } from './redis/redis-store';
import { sqliteLocation, sqliteScheme } from './sqlite-location';
import { SqliteStore } from './sqlite-store';
import type { Store } from './store';

/** The store that a URL names. Throws an error of one line where it names none. */
export function openStore(url: string, limits: Limits): Store {
  const { historyLinesMax: channelEntriesMax, historyAgeMaxMs: entryAgeMaxMs } = limits;
  if (url === 'memory:') return new MemoryStore(systemClock, channelEntriesMax);
  if (url.startsWith(sqliteScheme)) {
    const location = sqliteLocation(url, process.env);
    return new SqliteStore(location, systemClock, { channelEntriesMax, entryAgeMaxMs });
  }
  if (isRedisUrl(url)) {
    const location = redisLocation(url);
    return new RedisStore(location, systemClock, { channelEntriesMax, entryAgeMaxMs });
  }
  throw noSuchStore(url);
}

/** Throws as opening that store would where the URL names none, and opens nothing. */
export function checkStoreUrl(url: string): void {
  if (isRedisUrl(url)) redisLocation(url);
  else if (url !== 'memory:' && !url.startsWith(sqliteScheme)) throw noSuchStore(url);
}

function noSuchStore(url: string): Error {
  // It may hold a password.
  const [scheme = ''] = url.split(':');
  return new Error(
    `There is no store ${JSON.stringify(scheme)}; use memory:, sqlite:<file> or redis://<host>`,
  );
}

/** Whether other nodes may use the store that a URL names as well. */
export function isShared(url: string): boolean {
  return isRedisUrl(url);
}
