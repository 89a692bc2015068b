import * as fc from 'fast-check';
import {
  ClaimsFollower,
  Follower,
  type StoreBackend,
  type StoreFixture,
  holderOf,
  valueOf,
} from './store-fixture.suite';
import type { Claim, Rule, Store } from './store';

/** One thing that is done to a store. */
type Operation =
  | { readonly op: 'beat' | 'retire'; readonly node: string }
  | { readonly op: 'elapse'; readonly ms: number }
  | {
      readonly op: 'claim' | 'describe' | 'release';
      readonly name: string;
      readonly node: string;
      readonly origin: string;
      readonly details: number;
      readonly isShared: boolean;
    }
  | {
      readonly op: 'put' | 'remove' | 'refuse' | 'read';
      readonly id: string;
      readonly value: number;
    }
  | { readonly op: 'list' | 'count' }
  | { readonly op: 'append'; readonly channel: string; readonly entries: readonly number[] }
  | { readonly op: 'tail'; readonly channel: string; readonly count: number }
  | { readonly op: 'drop'; readonly channel: string };

const leaseMs = 1_000;
/** Longer than any trial takes, for backends whose time passes by itself. */
const longLeaseMs = 60_000;
const pick = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: fc.constant('beat' as const), node: pick('n1', 'n2', 'n3') }),
  fc.record({ op: fc.constant('retire' as const), node: pick('n3') }),
  fc.record({ op: fc.constant('elapse' as const), ms: fc.constantFrom(1, 400, 1_100) }),
  fc.record({
    op: fc.constantFrom(
      'claim' as const,
      'claim' as const,
      'describe' as const,
      'release' as const,
    ),
    name: pick('ann', 'ben'),
    node: pick('n1', 'n2', 'n3'),
    origin: pick('1', '2'),
    details: fc.nat(9),
    isShared: fc.boolean(),
  }),
  fc.record({
    op: fc.constantFrom('put' as const, 'remove' as const, 'refuse' as const, 'read' as const),
    id: pick('a', 'b', 'c'),
    value: fc.nat(9),
  }),
  fc.record({ op: fc.constantFrom('list' as const, 'count' as const) }),
  fc.record({
    op: fc.constant('append' as const),
    channel: pick('x', 'y'),
    entries: fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ op: fc.constant('tail' as const), channel: pick('x', 'y'), count: fc.nat(8) }),
  fc.record({ op: fc.constant('drop' as const), channel: pick('x', 'y') }),
);

/** Anything that can be done to a store, in any order. */
const operations = fc.array(operation, { maxLength: 40 });

/**
 * What comes of operations on a new store, in a form that is the same for every backend: where
 * offsets go on after a drop is a backend's own affair, that they grow is not.
 */
async function outcomesOf(
  backend: StoreBackend,
  done: readonly Operation[],
  lease: number,
): Promise<readonly unknown[]> {
  const fixture = await backend.start({ channelEntriesMax: 1_000 });
  try {
    await fixture.stores[0].open();
    return await new Trial(fixture, lease).run(done);
  } finally {
    await fixture.stores[0].close();
    if (fixture.stores[1] !== fixture.stores[0]) await fixture.stores[1].close();
    await fixture.close();
  }
}

class Trial {
  readonly #store: Store;
  /** Offsets of the newest entry, by channel, as appends told them. */
  readonly #heads = new Map<string, number>();
  readonly #dropped = new Set<string>();
  readonly #followers = new Map<string, Follower<number>>();

  readonly #claims: ClaimsFollower<number>;

  constructor(
    private readonly fixture: StoreFixture,
    private readonly lease: number,
  ) {
    this.#store = fixture.stores[0];
    this.#claims = new ClaimsFollower<number>(this.#store);
  }

  async run(done: readonly Operation[]): Promise<readonly unknown[]> {
    for (const channel of ['x', 'y']) {
      this.#followers.set(channel, new Follower<number>(this.#store, channel, 0));
    }
    const outcomes: unknown[] = [];
    for (const each of done) outcomes.push([each.op, await this.#do(each)]);
    for (const [channel, follower] of this.#followers) {
      outcomes.push([channel, await this.#followed(channel, follower, done)]);
    }
    outcomes.push(await this.#holders());
    return outcomes;
  }

  /** Who holds what, as the news had it: told of this last claim, it has been told of all. */
  async #holders(): Promise<unknown> {
    await this.#store.claim('last', holderOf('last', '0'), 0);
    await this.#claims.until((held) => held.has('last'));
    this.#claims.stop();
    return this.#claims.all.toSorted((a, b) => heldBy(a).localeCompare(heldBy(b)));
  }

  async #followed(
    channel: string,
    follower: Follower<number>,
    done: readonly Operation[],
  ): Promise<unknown> {
    const appends = done.filter((each) => each.op === 'append');
    const entries = appends.flatMap((each) => (each.channel === channel ? each.entries : []));
    await follower.until(entries.length);
    follower.stop();
    return follower.entries;
  }

  async #do(each: Operation): Promise<unknown> {
    const store = this.#store;
    switch (each.op) {
      case 'beat':
        return valueOf(store.beat(each.node, this.lease));
      case 'elapse':
        await this.fixture.elapse(each.ms);
        return each.ms;
      case 'retire':
        return valueOf(store.retire(each.node));
      case 'claim':
        // One of a node that has lapsed is refused.
        return store.claim(
          each.name,
          holderOf(each.node, each.origin),
          each.details,
          each.isShared ? { holdersMax: 3 } : undefined,
        );
      case 'describe':
        return store.describe(
          each.name,
          holderOf(each.node, each.origin),
          each.details,
          each.isShared,
        );
      case 'release':
        return valueOf(store.release(each.name, holderOf(each.node, each.origin)));
      case 'count':
        return valueOf(store.count('notes'));
      case 'put':
      case 'remove':
      case 'refuse':
        return valueOf(store.change(keyOf(each.id), ruleOf(each.op, each.value)));
      case 'read':
        return valueOf(store.read(keyOf(each.id)));
      case 'list':
        return (await valueOf(store.list<number>('notes'))).toSorted((a, b) => a - b);
      case 'append':
        return this.#append(each.channel, each.entries);
      case 'tail':
        return this.#tail(each.channel, each.count);
      case 'drop':
        this.#dropped.add(each.channel);
        return valueOf(store.drop(each.channel));
    }
  }

  async #append(channel: string, entries: readonly number[]): Promise<unknown> {
    const before = this.#heads.get(channel);
    const firstOffset = await valueOf(this.#store.append(channel, entries));
    this.#heads.set(channel, firstOffset + entries.length - 1);
    if (before === undefined) return firstOffset > 0;
    return this.#dropped.delete(channel) ? firstOffset > before : firstOffset - before;
  }

  async #tail(channel: string, count: number): Promise<unknown> {
    const { entries, head } = await valueOf(this.#store.tail<number>(channel, count));
    const known = this.#heads.get(channel) ?? 0;
    return { entries, head: this.#dropped.has(channel) ? head >= known : head - known };
  }
}

function heldBy({ name, holder }: Claim<number>): string {
  return `${name} ${holder.origin}`;
}

function keyOf(id: string): { collection: string; id: string } {
  return { collection: 'notes', id };
}

function ruleOf(op: 'put' | 'remove' | 'refuse', value: number): Rule<number, string> {
  return (document) => {
    if (op === 'refuse') return { ok: false, refused: `not at ${document}` };
    return { ok: true, document: op === 'remove' ? undefined : (document ?? 0) + value };
  };
}

/** Whether two backends do the same, whatever is done to them. */
export function expectSameOutcomes(
  one: StoreBackend,
  other: StoreBackend,
  runs: number,
): Promise<void> {
  const isTimed = one.isTimed !== false && other.isTimed !== false;
  const lease = isTimed ? leaseMs : longLeaseMs;
  return fc.assert(
    fc.asyncProperty(operations, async (all) => {
      const done = isTimed ? all : all.filter(({ op }) => op !== 'elapse');
      expect(await outcomesOf(one, done, lease)).toEqual(await outcomesOf(other, done, lease));
    }),
    { numRuns: runs },
  );
}
