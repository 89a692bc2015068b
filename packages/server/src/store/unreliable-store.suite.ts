import type {
  AppendOptions,
  AvailabilityListener,
  Batch,
  Changed,
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

type Operation = Exclude<
  keyof Store,
  'open' | 'close' | 'follow' | 'followClaims' | 'watchAvailability'
>;

/** A store whose operations can be made to fail, or to wait. */
export class UnreliableStore implements Store {
  readonly #away = new Set<Operation>();
  readonly #watchers = new Set<AvailabilityListener>();
  readonly #gates = new Map<Operation, { readonly open: Promise<void>; waiting: number }>();
  /** Who is told of the next operation that waits. */
  #wake = (): void => undefined;

  constructor(private readonly inner: Store) {}

  /** Says that it cannot be reached, or can again. */
  says(isAvailable: boolean): void {
    for (const watcher of this.#watchers) watcher(isAvailable);
  }

  /** These are answered with `store-away` from now on, and nothing is done. */
  losesTouch(...operations: readonly Operation[]): void {
    for (const operation of operations) this.#away.add(operation);
  }

  recovers(): void {
    this.#away.clear();
  }

  /** Has an operation wait; answers what lets it go on. */
  holds(operation: Operation): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gates.set(operation, { open: promise, waiting: 0 });
    return () => {
      this.#gates.delete(operation);
      resolve();
    };
  }

  /** Resolves when an operation waits. */
  async waits(): Promise<void> {
    while (![...this.#gates.values()].some(({ waiting }) => waiting > 0)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  open(): Promise<void> {
    return this.inner.open();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  beat(node: string, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    return this.#do('beat', () => this.inner.beat(node, leaseMs));
  }

  retire(node: string): Promise<StoreAnswer<void>> {
    return this.#do('retire', () => this.inner.retire(node));
  }

  claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    return this.#do('claim', () => this.inner.claim(name, holder, details, sharing));
  }

  describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared?: boolean,
  ): Promise<StoreAnswer<void>> {
    return this.#do('describe', () => this.inner.describe(name, holder, details, isShared));
  }

  release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    return this.#do('release', () => this.inner.release(name, holder));
  }

  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void {
    return this.inner.followClaims(onNews);
  }

  read<Document>(at: DocumentKey): Promise<StoreAnswer<Document | undefined>> {
    return this.#do('read', () => this.inner.read<Document>(at));
  }

  list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>> {
    return this.#do('list', () => this.inner.list<Document>(collection));
  }

  count(collection: string): Promise<StoreAnswer<number>> {
    return this.#do('count', () => this.inner.count(collection));
  }

  change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    return this.#do('change', () => this.inner.change(at, rule));
  }

  append(
    channel: string,
    entries: readonly unknown[],
    options?: AppendOptions,
  ): Promise<StoreAnswer<number>> {
    return this.#do('append', () => this.inner.append(channel, entries, options));
  }

  tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>> {
    return this.#do('tail', () => this.inner.tail<Entry>(channel, countMax));
  }

  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void {
    return this.inner.follow(channel, afterOffset, onBatch);
  }

  drop(channel: string): Promise<StoreAnswer<void>> {
    return this.#do('drop', () => this.inner.drop(channel));
  }

  watchAvailability(listener: AvailabilityListener): () => void {
    this.#watchers.add(listener);
    const stop = this.inner.watchAvailability(listener);
    return () => {
      this.#watchers.delete(listener);
      stop();
    };
  }

  async #do<Value>(
    operation: Operation,
    act: () => Promise<StoreAnswer<Value>>,
  ): Promise<StoreAnswer<Value>> {
    const gate = this.#gates.get(operation);
    if (gate !== undefined) {
      gate.waiting++;
      this.#wake();
      await gate.open;
    }
    return this.#away.has(operation) ? { ok: false, reason: 'store-away' } : act();
  }
}
