import { Waiting } from '../waiting.suite';
import type { Batch, Claim, ClaimNews, Holder, Store, StoreAnswer } from './store';

/** A store to be tried out, new and empty. */
export interface StoreFixture {
  /** The store as two nodes see it; the same one twice where there is only one node. */
  readonly stores: readonly [Store, Store];
  /** Lets time pass for leases. */
  elapse(ms: number): void | Promise<void>;
  close(): void | Promise<void>;
}

/** A kind of store: SQLite, say. */
export interface StoreBackend {
  readonly name: string;
  /** False where time passes by itself, and not at the test's word. */
  readonly isTimed?: boolean;
  start(options: { readonly channelEntriesMax: number }): StoreFixture | Promise<StoreFixture>;
}

/** How long a store has to hand over what was appended. */
const waitMaxMs = 5_000;

/** The value of an answer that must not be `store-away`. */
export async function valueOf<Value>(answer: Promise<StoreAnswer<Value>>): Promise<Value> {
  const settled = await answer;
  if (!settled.ok) throw new Error(`the store answered ${settled.reason}`);
  return settled.value;
}

/** The connection `origin` of a node. */
export function holderOf(node: string, origin: string): Holder {
  return { node, origin: `${node}.${origin}` };
}

/** Follows claims, and keeps who holds what as the news tell it. */
export class ClaimsFollower<Details> {
  readonly #claims = new Map<string, Claim<Details>>();
  readonly gone: string[] = [];
  readonly stop: () => void;
  readonly #waiting = new Waiting();

  constructor(store: Store) {
    this.stop = store.followClaims<Details>((news) => {
      this.#take(news);
      this.#waiting.wake();
    });
  }

  /** By name; of those who share one, the one that was told of first. */
  get held(): ReadonlyMap<string, Claim<Details>> {
    const claims = [...this.#claims.values()].toReversed();
    return new Map(claims.map((claim) => [claim.name, claim]));
  }

  /** Who has a name. */
  holders(name: string): readonly string[] {
    const claims = [...this.#claims.values()].filter((claim) => claim.name === name);
    return claims.map(({ holder }) => holder.origin);
  }

  get all(): readonly Claim<Details>[] {
    return [...this.#claims.values()];
  }

  /** Waits until what it knows is as wanted. */
  until(isAsWanted: (held: ReadonlyMap<string, Claim<Details>>) => boolean): Promise<void> {
    const whatIs = (): string => `not as wanted: ${JSON.stringify([...this.held])}`;
    return this.#waiting.until(() => isAsWanted(this.held), whatIs, waitMaxMs);
  }

  #take(news: ClaimNews<Details>): void {
    switch (news.kind) {
      case 'all':
        this.#claims.clear();
        for (const claim of news.claims) this.#claims.set(keyOf(claim), claim);
        return;
      case 'held':
        this.#claims.set(keyOf(news.claim), news.claim);
        return;
      case 'freed':
        this.#claims.delete(keyOf(news));
        return;
      case 'gone':
        this.gone.push(news.node);
        for (const [key, { holder }] of this.#claims) {
          if (holder.node === news.node) this.#claims.delete(key);
        }
    }
  }
}

function keyOf({ name, holder }: Pick<Claim<unknown>, 'name' | 'holder'>): string {
  return `${name} ${holder.origin}`;
}

/** Follows a channel, and keeps what it is handed. */
export class Follower<Entry> {
  readonly entries: Entry[] = [];
  readonly offsets: number[] = [];
  readonly gaps: string[] = [];
  readonly stop: () => void;
  readonly #waiting = new Waiting();

  constructor(
    store: Store,
    channel: string,
    afterOffset: number,
    onEntries: (entries: readonly Entry[]) => void = () => undefined,
  ) {
    this.stop = store.follow<Entry>(channel, afterOffset, (batch) => {
      onEntries(batch.entries);
      this.#take(batch);
    });
  }

  /** Waits until it has been handed that many. */
  until(count: number): Promise<void> {
    const whatIs = (): string => `${this.entries.length} of ${count} entries came`;
    return this.#waiting.until(() => this.entries.length >= count, whatIs, waitMaxMs);
  }

  #take({ firstOffset, entries, gap }: Batch<Entry>): void {
    if (gap !== undefined) this.gaps.push(gap);
    for (const [index, entry] of entries.entries()) {
      this.entries.push(entry);
      this.offsets.push(firstOffset + index);
    }
    this.#waiting.wake();
  }
}

/** Runs what tries a backend out, and closes it whatever comes of that. */
export async function withStore(
  backend: StoreBackend,
  trial: (fixture: StoreFixture) => Promise<void>,
  channelEntriesMax = 1_000,
): Promise<void> {
  const fixture = await backend.start({ channelEntriesMax });
  try {
    for (const store of new Set(fixture.stores)) await store.open();
    await trial(fixture);
  } finally {
    for (const store of new Set(fixture.stores)) await store.close();
    await fixture.close();
  }
}
