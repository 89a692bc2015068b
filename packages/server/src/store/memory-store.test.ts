import { MemoryStore } from './memory-store';
import { naiveBackend } from './naive-store.suite';
import { describeStore } from './store-contract.suite';
import { type StoreBackend, valueOf } from './store-fixture.suite';
import { expectSameOutcomes } from './store-model.suite';

const memoryBackend: StoreBackend = {
  name: 'memory',
  start({ channelEntriesMax }) {
    let nowMs = 1_000_000;
    const store = new MemoryStore({ now: () => nowMs }, channelEntriesMax);
    return {
      stores: [store, store],
      elapse: (ms) => void (nowMs += ms),
      close: () => undefined,
    };
  },
};

describeStore(memoryBackend);

test('whatever is done to it, it does what the naive model does', async () => {
  expect.hasAssertions();
  await expectSameOutcomes(memoryBackend, naiveBackend, 300);
});

test('a channel that is used no more costs nothing, and its offsets are never given again', async () => {
  const store = new MemoryStore({ now: () => 0 }, 10);
  for (let round = 0; round < 5; round++) {
    const stop = store.follow('log', 0, () => undefined);
    await store.append('log', ['a', 'b']);
    await store.drop('log');
    stop();
  }
  expect(await valueOf(store.append('log', ['c']))).toBeGreaterThan(10);
});
