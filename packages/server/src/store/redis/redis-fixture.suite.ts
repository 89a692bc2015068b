import { systemClock } from '@chat-server/supervision';
import { setTimeout as passing } from 'node:timers/promises';
import type { StoreBackend, StoreFixture } from '../store-fixture.suite';
import type { ChannelLimits } from './redis-appender';
import { redisLocation } from './redis-location';
import { RedisStore } from './redis-store';

const roomy: ChannelLimits = { channelEntriesMax: 1_000, entryAgeMaxMs: 30 * 86_400_000 };

let prefixes = 0;

/** A store in a Redis; under a prefix of its own, so that it is empty. */
export function redisStoreAt(
  url: string,
  prefix = `test${++prefixes}:`,
  limits: Partial<ChannelLimits> = {},
): RedisStore {
  const location = redisLocation(`${url}?prefix=${prefix}`);
  return new RedisStore(location, systemClock, { ...roomy, ...limits });
}

/** Redis as a store to be tried out. */
export function redisBackend(name: string, url: () => string): StoreBackend {
  return {
    name,
    isTimed: false,
    start({ channelEntriesMax }): StoreFixture {
      const prefix = `test${++prefixes}:`;
      return {
        stores: [
          redisStoreAt(url(), prefix, { channelEntriesMax }),
          redisStoreAt(url(), prefix, { channelEntriesMax }),
        ],
        elapse: (ms) => passing(ms),
        close: () => undefined,
      };
    },
  };
}
