import { DatabaseSync } from 'node:sqlite';
import { ManualClock } from '../manual-clock.suite';
import { MemoryStore } from './memory-store';
import { naiveBackend } from './naive-store.suite';
import { sqliteBackend, sqliteStoreIn, TestDirectory } from './sqlite-fixture.suite';
import { describeStore } from './store-contract.suite';
import { Follower, type StoreBackend, valueOf } from './store-fixture.suite';
import { expectSameOutcomes } from './store-model.suite';

const memoryBackend: StoreBackend = {
  name: 'memory',
  start({ channelEntriesMax }) {
    const clock = new ManualClock();
    const store = new MemoryStore(clock, channelEntriesMax);
    return {
      stores: [store, store],
      elapse: (ms) => clock.advance(ms),
      close: () => undefined,
    };
  },
};

const dayMs = 86_400_000;
let directory: TestDirectory;

beforeEach(() => (directory = new TestDirectory()));
afterEach(() => directory.remove());

describeStore(sqliteBackend);

test.each([memoryBackend, naiveBackend])(
  'whatever is done to it, it does what the $name store does',
  async (other) => {
    expect.hasAssertions();
    await expectSameOutcomes(sqliteBackend, other, 40);
  },
);

test('what was kept is there after closing and opening, and offsets go on', async () => {
  const first = sqliteStoreIn(directory.file);
  await first.open();
  await valueOf(first.append('log', ['a', 'b']));
  await valueOf(
    first.change({ collection: 'notes', id: 'x' }, () => ({ ok: true, document: { n: 1 } })),
  );
  await first.close();
  const second = sqliteStoreIn(directory.file);
  await second.open();
  expect(await valueOf(second.tail('log', 9))).toEqual({ entries: ['a', 'b'], head: 2 });
  expect(await valueOf(second.list('notes'))).toEqual([{ n: 1 }]);
  expect(await valueOf(second.append('log', ['c']))).toBe(3);
  await second.close();
});

test('no offset is given twice, though all of a channel is dropped before a restart', async () => {
  const first = sqliteStoreIn(directory.file);
  await first.open();
  await valueOf(first.append('log', ['a', 'b', 'c']));
  await valueOf(first.drop('log'));
  await first.close();
  const second = sqliteStoreIn(directory.file);
  await second.open();
  expect((await valueOf(second.tail('log', 9))).head).toBeGreaterThanOrEqual(3);
  expect(await valueOf(second.append('log', ['d']))).toBeGreaterThan(3);
  await second.close();
});

test('what is too old is not shown, and is gone from the file after a while', async () => {
  const clock = new ManualClock();
  const store = sqliteStoreIn(directory.file, clock, { entryAgeMaxMs: 2 * dayMs });
  await store.open();
  await valueOf(store.append('log', ['old']));
  await valueOf(store.append('silent', ['old', 'too']));
  clock.advance(1.5 * dayMs);
  await valueOf(store.append('log', ['new']));
  clock.advance(dayMs);
  expect(await valueOf(store.tail('log', 9))).toEqual({ entries: ['new'], head: 2 });
  const follower = new Follower(store, 'log', 0);
  expect(follower.offsets).toEqual([2]);
  follower.stop();
  await store.beat('n1', 1_000);
  await store.close();
  const database = new DatabaseSync(directory.file);
  expect(database.prepare('SELECT channel, "offset", body FROM line').all()).toEqual([
    { channel: 'log', offset: 2, body: 'new' },
  ]);
  database.close();
  const again = sqliteStoreIn(directory.file, clock);
  await again.open();
  expect(await valueOf(again.append('silent', ['later']))).toBeGreaterThan(2);
  await again.close();
});

test('one append of more than a channel keeps leaves the newest, and is handed over whole', async () => {
  const store = sqliteStoreIn(directory.file, new ManualClock(), { channelEntriesMax: 10 });
  await store.open();
  const follower = new Follower<number>(store, 'log', 0);
  await valueOf(store.append('log', ['before']));
  const many = Array.from({ length: 25 }, (_, index) => index);
  await valueOf(store.append('log', many));
  expect(follower.entries).toEqual(['before', ...many]);
  expect(await valueOf(store.tail('log', 99))).toEqual({ entries: many.slice(-10), head: 26 });
  const late = new Follower<number>(store, 'log', 0);
  expect(late.offsets).toEqual([17, 18, 19, 20, 21, 22, 23, 24, 25, 26]);
  follower.stop();
  late.stop();
  await store.close();
});

test('followers are told when an entry is committed, not when it is asked for', async () => {
  const store = sqliteStoreIn(directory.file);
  await store.open();
  const follower = new Follower<string>(store, 'log', 0);
  const appended = store.append('log', ['a']);
  expect(follower.entries).toEqual([]);
  await appended;
  expect(follower.entries).toEqual(['a']);
  follower.stop();
  await store.close();
});

test('a read sees what was asked for before it', async () => {
  const store = sqliteStoreIn(directory.file);
  await store.open();
  void store.append('log', ['a']);
  expect(await valueOf(store.tail('log', 9))).toEqual({ entries: ['a'], head: 1 });
  await store.close();
});

test('what is asked while it is closed is done when it is open again', async () => {
  const store = sqliteStoreIn(directory.file);
  await store.open();
  const follower = new Follower<string>(store, 'log', 0);
  await valueOf(store.append('log', ['a']));
  await store.close();
  const appended = store.append('log', ['b']);
  await store.open();
  expect(await valueOf(appended)).toBe(2);
  expect(follower.entries).toEqual(['a', 'b']);
  follower.stop();
  await store.close();
});

test('what is asked while it is closed is refused when it stays so', async () => {
  const clock = new ManualClock();
  const store = sqliteStoreIn(directory.file, clock);
  const appended = store.append('log', ['a']);
  clock.advance(10_000);
  expect(await appended).toEqual({ ok: false, reason: 'store-away' });
});
