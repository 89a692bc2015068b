import type { StoreBackend } from './store-fixture.suite';
import type { Batch, Changed, DocumentKey, Holder, Rule, Store, StoreAnswer, Tail } from './store';

interface Log {
  entries: unknown[];
  dropped: number;
  followers: ((batch: Batch<unknown>) => void)[];
}

/** The contract in as few words as possible, with nothing bounded: a model to compare stores with. */
class NaiveStore implements Store {
  readonly #leases = new Map<string, number>();
  readonly #claims = new Map<string, Holder>();
  readonly #documents = new Map<string, unknown>();
  readonly #logs = new Map<string, Log>();
  nowMs = 0;

  async open(): Promise<void> {}
  async close(): Promise<void> {}

  async beat(node: string, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    const hasLapsed = this.#leases.has(node) && !this.#lives(node);
    this.#leases.set(node, this.nowMs + leaseMs);
    return { ok: true, value: hasLapsed ? 'lapsed' : 'alive' };
  }

  async claim(name: string, holder: Holder): Promise<StoreAnswer<'claimed' | 'taken'>> {
    const present = this.#claims.get(name);
    if (present && present.origin !== holder.origin && this.#lives(present.node)) {
      return { ok: true, value: 'taken' };
    }
    this.#claims.set(name, holder);
    return { ok: true, value: 'claimed' };
  }

  async release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    if (this.#claims.get(name)?.origin === holder.origin) this.#claims.delete(name);
    return { ok: true, value: undefined };
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

  async append(channel: string, entries: readonly unknown[]): Promise<StoreAnswer<number>> {
    const log = this.#log(channel);
    const firstOffset = log.entries.length + 1;
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

  watchAvailability(listener: (isAvailable: boolean) => void): () => void {
    listener(true);
    return () => undefined;
  }

  #lives(node: string): boolean {
    return (this.#leases.get(node) ?? 0) > this.nowMs;
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
