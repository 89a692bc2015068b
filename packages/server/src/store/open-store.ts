import { systemClock } from '@chat-server/supervision';
import type { Limits } from '../domain/limits';
import { MemoryStore } from './memory-store';
import type { Store } from './store';

/** The store that a URL names. Throws an error that says which there are. */
export function openStore(url: string, limits: Limits): Store {
  if (url === 'memory:') return new MemoryStore(systemClock, limits.historyLinesMax);
  throw new Error(`There is no store ${JSON.stringify(url)}; use memory:`);
}
