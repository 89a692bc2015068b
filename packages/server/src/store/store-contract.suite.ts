import { describeChannels } from './channel-contract.suite';
import {
  holderOf,
  type StoreBackend,
  type StoreFixture,
  valueOf,
  withStore,
} from './store-fixture.suite';
import type { Changed, Rule, Store } from './store';

/** Short, for backends whose time cannot be made to pass. */
const leaseMs = 400;

interface Note {
  readonly id: string;
  readonly count: number;
}

/** What every {@link Store} must do: each backend's test calls this. */
export function describeStore(backend: StoreBackend): void {
  describe(`the ${backend.name} store keeps the contract of`, () => {
    describe('claims', () => describeClaims(backend));
    describe('leases', () => describeLeases(backend));
    describe('documents', () => describeDocuments(backend));
    describe('channels', () => describeChannels(backend));
    describe('availability', () => describeAvailability(backend));
  });
}

/** Two nodes that live, and their stores. */
async function beaten(fixture: StoreFixture): Promise<readonly [Store, Store]> {
  const [here, there] = fixture.stores;
  await valueOf(here.beat('n1', leaseMs));
  await valueOf(there.beat('n2', leaseMs));
  return fixture.stores;
}

function describeClaims(backend: StoreBackend): void {
  const one = holderOf('n1', '1');
  const two = holderOf('n2', '2');

  test('of many claims at once, exactly one gets the name', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          index % 2 === 0
            ? valueOf(here.claim('ann', holderOf('n1', `${index}`)))
            : valueOf(there.claim('ann', holderOf('n2', `${index}`))),
        ),
      );
      expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'taken')).toHaveLength(39);
    }));

  test('a claim that is the holder’s already can be repeated', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      expect(await valueOf(here.claim('ann', one))).toBe('claimed');
      expect(await valueOf(here.claim('ann', one))).toBe('claimed');
      expect(await valueOf(there.claim('ann', two))).toBe('taken');
    }));

  test('a name that is released is free for others', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one));
      await valueOf(here.release('ann', one));
      expect(await valueOf(there.claim('ann', two))).toBe('claimed');
    }));

  test('only the holder can release a name', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one));
      await valueOf(there.release('ann', two));
      await valueOf(here.release('ann', holderOf('n1', '3')));
      expect(await valueOf(there.claim('ann', two))).toBe('taken');
      expect(await valueOf(here.claim('ann', one))).toBe('claimed');
    }));

  test('releasing a name that nobody has, or twice, does nothing', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.release('ann', one));
      await valueOf(here.claim('ann', one));
      await valueOf(here.release('ann', one));
      await valueOf(there.claim('ann', two));
      await valueOf(here.release('ann', one));
      expect(await valueOf(here.claim('ann', one))).toBe('taken');
    }));

  test('names do not stand in each other’s way', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      expect(await valueOf(here.claim('ann', one))).toBe('claimed');
      expect(await valueOf(there.claim('ben', two))).toBe('claimed');
      expect(await valueOf(here.claim('cia', one))).toBe('claimed');
      await valueOf(here.release('ann', one));
      expect(await valueOf(there.claim('cia', two))).toBe('taken');
    }));
}

function describeLeases(backend: StoreBackend): void {
  const one = holderOf('n1', '1');
  const two = holderOf('n2', '2');

  test('a node that is new is alive, and so is one that beats in time', () =>
    withStore(backend, async (fixture) => {
      const [here] = fixture.stores;
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('alive');
      await fixture.elapse(leaseMs / 2);
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('alive');
      await fixture.elapse(leaseMs / 2);
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('alive');
    }));

  test('a node that beats too late is told that its lease had lapsed, once', () =>
    withStore(backend, async (fixture) => {
      const [here] = fixture.stores;
      await valueOf(here.beat('n1', leaseMs));
      await fixture.elapse(leaseMs + 50);
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('lapsed');
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('alive');
    }));

  test('a name is free again after its holder’s node has lapsed, and not before', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one));
      await fixture.elapse(leaseMs / 2);
      await valueOf(there.beat('n2', leaseMs));
      expect(await valueOf(there.claim('ann', two))).toBe('taken');
      await fixture.elapse(leaseMs / 2 + 50);
      await valueOf(there.beat('n2', leaseMs));
      expect(await valueOf(there.claim('ann', two))).toBe('claimed');
    }));

  test('a claim holds as long as its node beats', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one));
      for (let beat = 0; beat < 3; beat++) {
        await fixture.elapse(leaseMs / 2);
        await valueOf(here.beat('n1', leaseMs));
        await valueOf(there.beat('n2', leaseMs));
      }
      expect(await valueOf(there.claim('ann', two))).toBe('taken');
    }));

  test('a node that comes back late cannot release what is another’s by now', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one));
      await fixture.elapse(leaseMs + 50);
      await valueOf(there.beat('n2', leaseMs));
      await valueOf(there.claim('ann', two));
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('lapsed');
      await valueOf(here.release('ann', one));
      expect(await valueOf(here.claim('ann', one))).toBe('taken');
    }));
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
