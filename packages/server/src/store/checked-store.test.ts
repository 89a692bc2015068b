import { ManualClock } from '../manual-clock.suite';
import { withheldEvent } from '../domain/room-event';
import { CheckedStore } from './checked-store';
import { MemoryStore } from './memory-store';
import { recordShapes } from './record-shapes';
import type { ClaimNews, Store } from './store';
import { valueOf } from './store-fixture.suite';
import { describeStore } from './store-contract.suite';
import { unreadable } from './unreadable';

const room = { name: 'Planes', owner: 'one', isPrivate: false, invited: [], createdAtMs: 1 };
const event = { kind: 'said', atMs: 1, by: 'one', origin: 'n-1.1', text: 'hi' };
const presence = { name: 'Two', origin: 'n-1.2', sinceMs: 1 };
const holder = { node: 'n-1', origin: 'n-1.2' };

function checked(told: string[] = []): { kept: Store; store: Store } {
  const kept = new MemoryStore(new ManualClock(), 100);
  return { kept, store: new CheckedStore(kept, recordShapes, (where) => void told.push(where)) };
}

async function plant(kept: Store, collection: string, document: unknown): Promise<void> {
  await kept.change({ collection, id: 'planes' }, () => ({ ok: true, document }));
}

describeStore({
  name: 'a checked store',
  start({ channelEntriesMax }) {
    const clock = new ManualClock();
    const kept = new MemoryStore(clock, channelEntriesMax);
    const shapes = { documents: new Map(), entries: [], isClaim: () => true };
    const store = new CheckedStore(kept, shapes, () => undefined);
    return { stores: [store, store], elapse: (ms) => clock.advance(ms), close: () => undefined };
  },
});

test.each([null, unreadable, {}, { ...room, invited: undefined }, { ...room, name: '\u001B[2J' }])(
  'a room that is %p is neither there nor free, and operators are told',
  async (document) => {
    const told: string[] = [];
    const { kept, store } = checked(told);
    await plant(kept, 'rooms', document);
    const at = { collection: 'rooms', id: 'planes' };
    const away = { ok: false, reason: 'store-away' };
    expect(await store.read(at)).toEqual(away);
    expect(await store.change(at, () => ({ ok: true, document: room }))).toEqual(away);
    expect(await valueOf(store.list('rooms'))).toEqual([]);
    expect(await valueOf(kept.read(at))).toEqual(document);
    expect(told).toEqual(['rooms/planes', 'rooms/planes', 'rooms/?']);
  },
);

test('fields that a newer version has added are let through and stay', async () => {
  const { kept, store } = checked();
  const newer = { ...room, colour: 'blue' };
  await plant(kept, 'rooms', newer);
  expect(await valueOf(store.read({ collection: 'rooms', id: 'planes' }))).toEqual(newer);
});

test('an account whose password cannot be tried is not a name that anyone may take', async () => {
  const { kept, store } = checked();
  const password = { kind: 'argon2', hash: 'x' };
  await plant(kept, 'accounts', { name: 'Planes', password, registeredAtMs: 1 });
  const read = await store.read({ collection: 'accounts', id: 'planes' });
  expect(read).toEqual({ ok: false, reason: 'store-away' });
});

test('where someone was is forgotten if it cannot be read, and kept anew', async () => {
  const { kept, store } = checked();
  await plant(kept, 'returns', 'nonsense');
  const at = { collection: 'returns', id: 'planes' };
  expect(await valueOf(store.read(at))).toBeUndefined();
  await store.change(at, (document) => ({ ok: true, document: document ?? presence }));
  expect(await valueOf(kept.read(at))).toEqual(presence);
});

test('an event of another kind keeps its place, and what it says is not shown', async () => {
  const { store } = checked();
  const batches: unknown[] = [];
  store.follow('room:planes', 0, (batch) => void batches.push(batch));
  await store.append('room:planes', [event, { ...event, kind: 'kicked' }, null, event]);
  const entries = [event, withheldEvent, withheldEvent, event];
  expect(batches).toEqual([{ firstOffset: 1, entries }]);
  expect(await valueOf(store.tail('room:planes', 10))).toEqual({ entries, head: 4 });
});

test('claims that cannot be read, or are of another name, are passed over', async () => {
  const { kept, store } = checked();
  const news: ClaimNews<unknown>[] = [];
  await kept.beat('n-1', 1_000);
  await kept.claim('two', holder, presence);
  await kept.claim('three', { node: 'n-1', origin: 'n-1.3' }, presence);
  store.followClaims((each) => void news.push(each));
  await kept.describe('two', holder, unreadable);
  const claim = { name: 'two', holder, details: presence };
  expect(news).toEqual([{ kind: 'all', claims: [claim] }]);
});
