import type { StoreBackend } from './store-fixture.suite';
import type {
  AppendOptions,
  AvailabilityListener,
  Batch,
  Changed,
  Claim,
  Claimed,
  ClaimNews,
  DocumentKey,
  Holder,
  Rule,
  Sharing,
  Store,
  StoreAnswer,
  Tail,
} from './store';

interface Log {
  entries: unknown[];
  dropped: number;
  followers: ((batch: Batch<unknown>) => void)[];
}

function keyOf({ name, holder }: Pick<Claim<unknown>, 'name' | 'holder'>): string {
  return `${name} ${holder.origin}`;
}

/** The contract in as few words as possible, with nothing bounded: a model to compare stores with. */
class NaiveStore implements Store {
  #leases = new Map<string, number>();
  readonly #dead = new Set<string>();
  #claims: Claim<unknown>[] = [];
  readonly #shared = new Set<string>();
  readonly #claimsFollowers: ((news: ClaimNews<unknown>) => void)[] = [];
  readonly #once = new Map<string, number>();
  #heardMs = -Infinity;
  #leaseMs = 0;
  readonly #documents = new Map<string, unknown>();
  readonly #logs = new Map<string, Log>();
  nowMs = 0;

  async open(): Promise<void> {}
  async close(): Promise<void> {}

  async beat(node: string, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    if (this.#dead.has(node)) return { ok: true, value: 'lapsed' };
    const until = this.nowMs + leaseMs;
    if (this.#isSilent()) this.#leases = new Map([...this.#leases.keys()].map((n) => [n, until]));
    this.#heardMs = this.nowMs;
    this.#leaseMs = leaseMs;
    this.#leases.set(node, until);
    for (const each of this.#leases.keys()) if (!this.#lives(each)) await this.retire(each);
    return { ok: true, value: 'alive' };
  }

  async retire(node: string): Promise<StoreAnswer<void>> {
    this.#leases.delete(node);
    this.#dead.add(node);
    this.#claims = this.#claims.filter(({ holder }) => holder.node !== node);
    this.#tell({ kind: 'gone', node });
    return { ok: true, value: undefined };
  }

  async claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    if (this.#dead.has(holder.node)) return { ok: false, reason: 'store-away' };
    const present = this.#claims.filter((claim) => claim.name === name);
    if (!this.#has(name, holder)) {
      for (const node of new Set(present.map((claim) => claim.holder.node))) {
        if (!this.#lives(node)) await this.retire(node);
      }
      const others = this.#claims.filter((claim) => claim.name === name);
      const isShared = sharing && others.every((claim) => this.#shared.has(keyOf(claim)));
      if (others.length > 0 && !isShared) return { ok: true, value: 'taken' };
      if (sharing && others.length >= sharing.holdersMax) return { ok: true, value: 'full' };
    }
    this.#put({ name, holder, details }, sharing !== undefined);
    return { ok: true, value: 'claimed' };
  }

  async describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared = false,
  ): Promise<StoreAnswer<void>> {
    if (this.#has(name, holder)) this.#put({ name, holder, details }, isShared);
    return { ok: true, value: undefined };
  }

  async release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    if (this.#has(name, holder)) {
      this.#claims = this.#claims.filter((claim) => keyOf(claim) !== keyOf({ name, holder }));
      this.#tell({ kind: 'freed', name, holder });
    }
    return { ok: true, value: undefined };
  }

  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void {
    const follower = onNews as (news: ClaimNews<unknown>) => void;
    follower({ kind: 'all', claims: this.#claims });
    this.#claimsFollowers.push(follower);
    return () => undefined;
  }

  async read<Document>({
    collection,
    id,
  }: DocumentKey): Promise<StoreAnswer<Document | undefined>> {
    return { ok: true, value: this.#documents.get(`${collection}/${id}`) as Document | undefined };
  }

  async list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>> {
    const keys = [...this.#documents.keys()].filter((key) => key.startsWith(`${collection}/`));
    return { ok: true, value: keys.map((key) => this.#documents.get(key)) as Document[] };
  }

  async count(collection: string): Promise<StoreAnswer<number>> {
    const all = await this.list(collection);
    return all.ok ? { ok: true, value: all.value.length } : all;
  }

  async change<Document, Refused>(
    { collection, id }: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    const key = `${collection}/${id}`;
    const value = rule(this.#documents.get(key) as Document | undefined);
    if (value.ok && value.document === undefined) this.#documents.delete(key);
    else if (value.ok) this.#documents.set(key, value.document);
    return { ok: true, value };
  }

  async append(
    channel: string,
    entries: readonly unknown[],
    { once }: AppendOptions = {},
  ): Promise<StoreAnswer<number>> {
    const before = once === undefined ? undefined : this.#once.get(`${channel} ${once}`);
    if (before !== undefined) return { ok: true, value: before };
    const log = this.#log(channel);
    const firstOffset = log.entries.length + 1;
    if (once !== undefined) this.#once.set(`${channel} ${once}`, firstOffset);
    log.entries.push(...entries);
    for (const follower of log.followers) follower({ firstOffset, entries });
    return { ok: true, value: firstOffset };
  }

  async tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>> {
    const { entries, dropped } = this.#log(channel);
    const from = Math.max(dropped, entries.length - countMax);
    return { ok: true, value: { entries: entries.slice(from) as Entry[], head: entries.length } };
  }

  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void {
    const { entries, followers } = this.#log(channel);
    const missing = entries.slice(afterOffset) as Entry[];
    if (missing.length > 0) onBatch({ firstOffset: afterOffset + 1, entries: missing });
    followers.push(onBatch as (batch: Batch<unknown>) => void);
    return () => undefined;
  }

  async drop(channel: string): Promise<StoreAnswer<void>> {
    const log = this.#log(channel);
    log.dropped = log.entries.length;
    return { ok: true, value: undefined };
  }

  watchAvailability(listener: AvailabilityListener): () => void {
    listener(true);
    return () => undefined;
  }

  #has(name: string, { origin }: Holder): boolean {
    return this.#claims.some((claim) => claim.name === name && claim.holder.origin === origin);
  }

  #put(claim: Claim<unknown>, isShared: boolean): void {
    if (isShared) this.#shared.add(keyOf(claim));
    else this.#shared.delete(keyOf(claim));
    this.#claims = [...this.#claims.filter((each) => keyOf(each) !== keyOf(claim)), claim];
    this.#tell({ kind: 'held', claim });
  }

  #tell(news: ClaimNews<unknown>): void {
    for (const follower of this.#claimsFollowers) follower(news);
  }

  #isSilent(): boolean {
    return this.nowMs - this.#heardMs > this.#leaseMs / 2;
  }

  #lives(node: string): boolean {
    return this.#isSilent() || (this.#leases.get(node) ?? 0) > this.nowMs;
  }

  #log(channel: string): Log {
    const log = this.#logs.get(channel) ?? { entries: [], dropped: 0, followers: [] };
    this.#logs.set(channel, log);
    return log;
  }
}

export const naiveBackend: StoreBackend = {
  name: 'naive',
  start() {
    const store = new NaiveStore();
    return {
      stores: [store, store],
      elapse: (ms) => void (store.nowMs += ms),
      close: () => undefined,
    };
  },
};
