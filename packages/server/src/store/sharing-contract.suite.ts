import { beaten, outlive } from './claims-fixture.suite';
import {
  ClaimsFollower,
  holderOf,
  type StoreBackend,
  valueOf,
  withStore,
} from './store-fixture.suite';

/** What every store's names must do that some share. */
export function describeSharing(backend: StoreBackend): void {
  const one = holderOf('n1', '1');
  const two = holderOf('n2', '2');
  const shared = { holdersMax: 3 };

  test('of many who share a name at once, as many get it as may', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2 === 0
            ? valueOf(here.claim('ann', holderOf('n1', `${index}`), {}, shared))
            : valueOf(there.claim('ann', holderOf('n2', `${index}`), {}, shared)),
        ),
      );
      expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(3);
      expect(answers.filter((answer) => answer === 'full')).toHaveLength(17);
    }));

  test('nobody shares a name with who does not share it', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      expect(await valueOf(here.claim('ann', one, {}))).toBe('claimed');
      expect(await valueOf(there.claim('ann', two, {}, shared))).toBe('taken');
      expect(await valueOf(here.claim('ben', one, {}, shared))).toBe('claimed');
      expect(await valueOf(there.claim('ben', two, {}))).toBe('taken');
      expect(await valueOf(there.claim('ben', two, {}, shared))).toBe('claimed');
    }));

  test('a claim that is the holder’s already can be repeated, however many there are', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const pair = { holdersMax: 2 };
      await valueOf(here.claim('ann', one, {}, pair));
      await valueOf(there.claim('ann', two, {}, pair));
      expect(await valueOf(here.claim('ann', one, {}, pair))).toBe('claimed');
      expect(await valueOf(there.claim('ann', two, {}, pair))).toBe('claimed');
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}, pair))).toBe('full');
    }));

  test.each([
    ['first', 0],
    ['last', 1],
  ])('a name is free only when all have released it, the %s one first', (_which, first) =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const holders = [one, two];
      for (const holder of holders) await valueOf(here.claim('ann', holder, {}, shared));
      const follower = new ClaimsFollower<unknown>(there);
      await follower.until(() => follower.holders('ann').length === 2);
      for (const holder of [holders[first], holders[1 - first]]) {
        expect(await valueOf(there.claim('ann', holderOf('n2', '9'), {}))).toBe('taken');
        if (holder !== undefined) await valueOf(here.release('ann', holder));
      }
      await follower.until(() => follower.holders('ann').length === 0);
      expect(await valueOf(there.claim('ann', holderOf('n2', '9'), {}))).toBe('claimed');
      follower.stop();
    }),
  );

  test('each of those who share a name is told of by itself', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, { at: 1 }, shared));
      await valueOf(there.claim('ann', two, { at: 2 }, shared));
      await valueOf(there.describe('ann', two, { at: 3 }, true));
      await valueOf(here.describe('ann', holderOf('n1', '7'), { at: 4 }, true));
      const follower = new ClaimsFollower<{ at: number }>(here);
      await follower.until(() => follower.holders('ann').length === 2);
      expect(new Set(follower.all.map(({ details }) => details.at))).toEqual(new Set([1, 3]));
      follower.stop();
    }));

  test('whether a name is shared can be said later, by who has it', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      await valueOf(here.claim('ann', one, {}));
      await valueOf(here.describe('ann', one, {}, true));
      expect(await valueOf(there.claim('ann', two, {}, shared))).toBe('claimed');
      await valueOf(here.describe('ann', one, {}, false));
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}, shared))).toBe('taken');
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}))).toBe('taken');
      await valueOf(here.release('ann', one));
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}, shared))).toBe('claimed');
    }));

  test('when a node is gone, those on others who share its names keep them', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const follower = new ClaimsFollower<unknown>(there);
      for (const number of ['1', '2']) {
        await valueOf(here.claim('ann', holderOf('n1', number), {}, shared));
      }
      await valueOf(there.claim('ann', two, {}, shared));
      await valueOf(here.retire('n1'));
      await follower.until(() => follower.gone.includes('n1'));
      expect(follower.holders('ann')).toEqual([two.origin]);
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}))).toBe('taken');
      await valueOf(there.release('ann', two));
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}))).toBe('claimed');
      follower.stop();
    }));

  test('a node that lapses frees its part of a name for one more', () =>
    withStore(backend, async (fixture) => {
      const [here, there] = await beaten(fixture);
      const pair = { holdersMax: 2 };
      await valueOf(here.claim('ann', one, {}, pair));
      await valueOf(there.claim('ann', two, {}, pair));
      await outlive(fixture);
      expect(await valueOf(there.claim('ann', holderOf('n2', '3'), {}, pair))).toBe('claimed');
      expect(await valueOf(there.claim('ann', holderOf('n2', '4'), {}, pair))).toBe('full');
    }));
}
