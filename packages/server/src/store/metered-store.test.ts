import { MemoryStore } from './memory-store';
import { MeteredStore } from './metered-store';
import { describeStore } from './store-contract.suite';
import type { Store } from './store';
import { type StoreBackend, valueOf } from './store-fixture.suite';

const ignored = { storeTook: (): void => undefined };

const meteredBackend: StoreBackend = {
  name: 'metered',
  start({ channelEntriesMax }) {
    let nowMs = 1_000_000;
    const memory = new MemoryStore({ now: () => nowMs }, channelEntriesMax);
    const store = new MeteredStore(memory, ignored);
    return {
      stores: [store, store],
      elapse: (ms) => void (nowMs += ms),
      close: () => undefined,
    };
  },
};

describeStore(meteredBackend);

function metered(answers: Partial<Store>): { store: MeteredStore; told: unknown[] } {
  const told: unknown[] = [];
  let nowMs = 0;
  const meter = { storeTook: (...all: unknown[]): void => void told.push(all) };
  const store = new MeteredStore(answers as Store, meter, () => (nowMs += 5));
  return { store, told };
}

test('each operation is told with its time and how it ended', async () => {
  const { store, told } = metered({
    read: () => Promise.resolve({ ok: true, value: undefined }),
    append: () => Promise.resolve({ ok: false, reason: 'store-away' }),
  });
  expect(await valueOf(store.read({ collection: 'notes', id: 'a' }))).toBeUndefined();
  expect(await store.append('log', ['a'])).toEqual({ ok: false, reason: 'store-away' });
  expect(told).toEqual([
    ['read', 5, 'ok'],
    ['append', 5, 'store-away'],
  ]);
});

test('an exception is told as an error, and is still the caller’s', async () => {
  const { store, told } = metered({
    count: () => Promise.reject(new Error('disk full')),
    drop: () => {
      throw new Error('bug');
    },
  });
  await expect(store.count('notes')).rejects.toThrow('disk full');
  expect(() => store.drop('log')).toThrow('bug');
  expect(told).toEqual([
    ['count', 5, 'error'],
    ['drop', 5, 'error'],
  ]);
});
