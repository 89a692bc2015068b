import { describeChannels } from './channel-contract.suite';
import { describeClaims } from './claims-contract.suite';
import { type StoreBackend, valueOf, withStore } from './store-fixture.suite';
import type { Changed, Rule } from './store';

interface Note {
  readonly id: string;
  readonly count: number;
}

/** What every store must do: each backend's test calls this. */
export function describeStore(backend: StoreBackend): void {
  describe(`the ${backend.name} store keeps the contract of`, () => {
    describe('claims', () => describeClaims(backend));
    describe('documents', () => describeDocuments(backend));
    describe('channels', () => describeChannels(backend));
    describe('availability', () => describeAvailability(backend));
  });
}

const counted: Rule<Note, string> = (note) => ({
  ok: true,
  document: { id: 'a', count: (note?.count ?? 0) + 1 },
});
const noted =
  (id: string): Rule<Note, string> =>
  () => ({ ok: true, document: { id, count: 0 } });
const removal: Rule<Note, string> = () => ({ ok: true, document: undefined });
const refusal: Rule<Note, string> = (note) => ({ ok: false, refused: `no, at ${note?.count}` });

function describeDocuments(backend: StoreBackend): void {
  const at = { collection: 'notes', id: 'a' };

  test('what was never written is not there', () =>
    withStore(backend, async ({ stores: [here] }) => {
      expect(await valueOf(here.read(at))).toBeUndefined();
      expect(await valueOf(here.list('notes'))).toEqual([]);
    }));

  test('a rule makes a document, and what it made is told and read', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const made: Changed<Note, string> = await valueOf(here.change(at, counted));
      expect(made).toEqual({ ok: true, document: { id: 'a', count: 1 } });
      expect(await valueOf(there.read(at))).toEqual({ id: 'a', count: 1 });
    }));

  test('of many changes at once, each sees the one before', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          valueOf((index % 2 === 0 ? here : there).change(at, counted)),
        ),
      );
      expect(await valueOf(here.read(at))).toEqual({ id: 'a', count: 30 });
    }));

  test('a rule that refuses says why, and changes nothing', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      await valueOf(here.change(at, counted));
      expect(await valueOf(there.change(at, refusal))).toEqual({ ok: false, refused: 'no, at 1' });
      expect(await valueOf(here.read(at))).toEqual({ id: 'a', count: 1 });
      const nowhere = { collection: 'notes', id: 'b' };
      expect(await valueOf(here.change(nowhere, refusal))).toEqual({
        ok: false,
        refused: 'no, at undefined',
      });
      expect(await valueOf(here.list('notes'))).toHaveLength(1);
    }));

  test('a rule can remove a document, and make it anew', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      await valueOf(here.change(at, counted));
      expect(await valueOf(there.change(at, removal))).toEqual({ ok: true, document: undefined });
      expect(await valueOf(here.read(at))).toBeUndefined();
      expect(await valueOf(here.list('notes'))).toEqual([]);
      await valueOf(here.change(at, counted));
      expect(await valueOf(there.read(at))).toEqual({ id: 'a', count: 1 });
    }));

  test('a collection lists its own documents only', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      for (const id of ['a', 'b', 'c']) {
        await valueOf(here.change({ collection: 'notes', id }, noted(id)));
      }
      await valueOf(here.change({ collection: 'other', id: 'd' }, noted('d')));
      expect(await valueOf(there.count('notes'))).toBe(3);
      expect(await valueOf(there.count('nothing'))).toBe(0);
      const ids = (await valueOf(there.list<Note>('notes'))).map(({ id }) => id);
      expect(ids.toSorted()).toEqual(['a', 'b', 'c']);
    }));

  test('a rule that throws is a bug of its own, and changes nothing', () =>
    withStore(backend, async ({ stores: [here] }) => {
      await valueOf(here.change(at, counted));
      const change = async (): Promise<unknown> =>
        here.change<Note, string>(at, () => {
          throw new Error('bug');
        });
      await expect(change()).rejects.toThrow('bug');
      expect(await valueOf(here.read(at))).toEqual({ id: 'a', count: 1 });
    }));
}

function describeAvailability(backend: StoreBackend): void {
  test('a store that can be reached says so at once', () =>
    withStore(backend, async ({ stores: [here] }) => {
      const told: boolean[] = [];
      const stop = here.watchAvailability((isAvailable) => told.push(isAvailable));
      expect(told).toEqual([true]);
      stop();
      await valueOf(here.read({ collection: 'notes', id: 'a' }));
      expect(told).toEqual([true]);
    }));

  test('a store can be opened again', () =>
    withStore(backend, async ({ stores: [here] }) => {
      await valueOf(here.append('log', ['a']));
      await here.open();
      expect((await valueOf(here.tail('log', 5))).entries).toEqual(['a']);
    }));
}
