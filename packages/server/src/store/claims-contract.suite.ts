import { beaten, leaseMs, outlive } from './claims-fixture.suite';
import { describeSharing } from './sharing-contract.suite';
import {
  ClaimsFollower,
  holderOf,
  type StoreBackend,
  valueOf,
  withStore,
} from './store-fixture.suite';

/** What every store's names and leases must do. */
export function describeClaims(backend: StoreBackend): void {
  describeHolding(backend);
  describe('shared names', () => describeSharing(backend));
  describe('leases', () => describeLeases(backend));
  describe('news', () => describeClaimNews(backend));
}

function describeHolding(backend: StoreBackend): void {
  const one = holderOf('n1', '1');
  const two = holderOf('n2', '2');

  test('of many claims at once, exactly one gets the name', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          index % 2 === 0
            ? valueOf(here.claim('ann', holderOf('n1', `${index}`), {}))
            : valueOf(there.claim('ann', holderOf('n2', `${index}`), {})),
        ),
      );
      expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'taken')).toHaveLength(39);
    }));

  test('a claim that is the holder’s already can be repeated', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      expect(await valueOf(here.claim('ann', one, {}))).toBe('claimed');
      expect(await valueOf(here.claim('ann', one, {}))).toBe('claimed');
      expect(await valueOf(there.claim('ann', two, {}))).toBe('taken');
    }));

  test('a name that is released is free for others', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      await valueOf(here.release('ann', one));
      expect(await valueOf(there.claim('ann', two, {}))).toBe('claimed');
    }));

  test('only the holder can release a name', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      await valueOf(there.release('ann', two));
      await valueOf(here.release('ann', holderOf('n1', '3')));
      expect(await valueOf(there.claim('ann', two, {}))).toBe('taken');
      expect(await valueOf(here.claim('ann', one, {}))).toBe('claimed');
    }));

  test('releasing a name that nobody has, or twice, does nothing', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.release('ann', one));
      await valueOf(here.claim('ann', one, {}));
      await valueOf(here.release('ann', one));
      await valueOf(there.claim('ann', two, {}));
      await valueOf(here.release('ann', one));
      expect(await valueOf(here.claim('ann', one, {}))).toBe('taken');
    }));

  test('names do not stand in each other’s way', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      expect(await valueOf(here.claim('ann', one, {}))).toBe('claimed');
      expect(await valueOf(there.claim('ben', two, {}))).toBe('claimed');
      expect(await valueOf(here.claim('cia', one, {}))).toBe('claimed');
      await valueOf(here.release('ann', one));
      expect(await valueOf(there.claim('cia', two, {}))).toBe('taken');
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

  test('a node that beats when another has taken it for dead has lapsed, for good', () =>
    withStore(backend, async (fixture) => {
      const [here] = await beaten(fixture);
      await outlive(fixture);
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('lapsed');
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('lapsed');
      expect(await valueOf(here.beat('n1 again', leaseMs))).toBe('alive');
    }));

  test('a name is free again after its holder’s node has lapsed, and not before', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      await fixture.elapse(leaseMs / 2);
      await valueOf(there.beat('n2', leaseMs));
      expect(await valueOf(there.claim('ann', two, {}))).toBe('taken');
      await outlive(fixture);
      expect(await valueOf(there.claim('ann', two, {}))).toBe('claimed');
    }));

  test('a claim holds as long as its node beats', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      for (let beat = 0; beat < 4; beat++) {
        await fixture.elapse(leaseMs * 0.4);
        await valueOf(here.beat('n1', leaseMs));
        await valueOf(there.beat('n2', leaseMs));
      }
      expect(await valueOf(there.claim('ann', two, {}))).toBe('taken');
    }));

  test('a node that comes back late cannot release, describe or claim what is another’s by now', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      await outlive(fixture);
      await valueOf(there.claim('ann', two, {}));
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('lapsed');
      await valueOf(here.release('ann', one));
      expect(await here.claim('ann', one, {})).toEqual({ ok: false, reason: 'store-away' });
      expect(await here.claim('ben', one, {})).toEqual({ ok: false, reason: 'store-away' });
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}))).toBe('taken');
    }));

  test('where nothing was heard of any node, none is taken for dead', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      await fixture.elapse(leaseMs * 2);
      expect(await valueOf(there.claim('ann', two, {}))).toBe('taken');
      expect(await valueOf(there.beat('n2', leaseMs))).toBe('alive');
      expect(await valueOf(there.claim('ann', two, {}))).toBe('taken');
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('alive');
    }));

  test('a node that retires leaves its names to others at once, and has lapsed', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      await valueOf(here.retire('n1'));
      await valueOf(here.retire('n1'));
      expect(await valueOf(there.claim('ann', two, {}))).toBe('claimed');
      expect(await valueOf(here.beat('n1', leaseMs))).toBe('lapsed');
    }));
}

function describeClaimNews(backend: StoreBackend): void {
  const one = holderOf('n1', '1');
  const two = holderOf('n2', '2');

  test('whoever follows claims is told of all there are, and of each from then on', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, { room: 'Planes' }));
      const follower = new ClaimsFollower<{ room?: string }>(there);
      await follower.until((held) => held.get('ann')?.details.room === 'Planes');
      await valueOf(there.claim('ben', two, {}));
      await follower.until((held) => held.has('ben'));
      expect(follower.held.get('ben')).toEqual({ name: 'ben', holder: two, details: {} });
      await valueOf(here.release('ann', one));
      await follower.until((held) => !held.has('ann'));
      follower.stop();
    }));

  test('what is told of a holder can be changed by that one alone', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const follower = new ClaimsFollower<{ text: string }>(there);
      await valueOf(here.claim('ann', one, { text: 'ünï "quoted"\n' }));
      await follower.until((held) => held.get('ann')?.details.text === 'ünï "quoted"\n');
      await valueOf(there.describe('ann', two, { text: 'forged' }));
      await valueOf(there.describe('nobody', two, { text: 'forged' }));
      await valueOf(here.describe('ann', one, { text: 'new' }));
      await follower.until((held) => held.get('ann')?.details.text === 'new');
      expect([...follower.held.keys()]).toEqual(['ann']);
      follower.stop();
    }));

  test('when a node is gone, followers are told so, and all that it held is free', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const follower = new ClaimsFollower<unknown>(there);
      await valueOf(here.claim('ann', one, {}));
      await valueOf(here.claim('cia', one, {}));
      await valueOf(there.claim('ben', two, {}));
      await follower.until((held) => held.size === 3);
      await valueOf(here.retire('n1'));
      await follower.until((held) => held.size === 1);
      expect([...follower.held.keys()]).toEqual(['ben']);
      expect(follower.gone).toContain('n1');
      follower.stop();
    }));

  test('who has stopped following is told nothing more', () =>
    withStore(backend, async (fixture) => {
      const [here] = await beaten(fixture);
      const stopped = new ClaimsFollower<unknown>(here);
      const other = new ClaimsFollower<unknown>(here);
      stopped.stop();
      await valueOf(here.claim('ann', one, {}));
      await other.until((held) => held.has('ann'));
      expect(stopped.held.size).toBe(0);
      other.stop();
    }));
}
