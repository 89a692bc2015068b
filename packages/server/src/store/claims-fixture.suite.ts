import { ClaimsFollower, type StoreFixture, valueOf } from './store-fixture.suite';
import type { Store } from './store';

/** Short, for backends whose time cannot be made to pass, and not too short for a busy machine. */
export const leaseMs = 1_000;
const beatsMax = 200;

/** Two nodes that live, and their stores. */
export async function beaten(fixture: StoreFixture): Promise<readonly [Store, Store]> {
  const [here, there] = fixture.stores;
  await valueOf(here.beat('n1', leaseMs));
  await valueOf(there.beat('n2', leaseMs));
  return fixture.stores;
}

/**
 * Has only the second node beat, until the first is taken for dead. On a machine that stands still
 * in between, that takes longer: then nothing was heard of the second one either.
 */
export async function outlive(fixture: StoreFixture): Promise<void> {
  const [, there] = fixture.stores;
  const follower = new ClaimsFollower<unknown>(there);
  for (let beat = 0; beat < beatsMax && !follower.gone.includes('n1'); beat++) {
    await fixture.elapse(leaseMs / 10);
    await valueOf(there.beat('n2', leaseMs));
  }
  expect(follower.gone).toContain('n1');
  follower.stop();
}
