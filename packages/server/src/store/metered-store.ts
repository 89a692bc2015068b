import type {
  AppendOptions,
  AvailabilityListener,
  Batch,
  Changed,
  Claimed,
  ClaimNews,
  DocumentKey,
  Holder,
  NodeId,
  Rule,
  Sharing,
  Store,
  StoreAnswer,
  Tail,
} from './store';

/** Who is told of each operation: how long it took, and how it ended. */
export interface StoreMeter {
  storeTook(operation: string, ms: number, outcome: 'ok' | 'store-away' | 'error'): void;
}

/**
 * A store whose operations are measured, and which is otherwise the store behind it: the same
 * answers, as early as they come. What is followed is not measured, since it takes as long as others
 * take to write.
 */
export class MeteredStore implements Store {
  constructor(
    private readonly store: Store,
    private readonly meter: StoreMeter,
    /** Milliseconds, of whichever origin. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  open(): Promise<void> {
    return this.store.open();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    return this.#metered('beat', () => this.store.beat(node, leaseMs));
  }

  retire(node: NodeId): Promise<StoreAnswer<void>> {
    return this.#metered('retire', () => this.store.retire(node));
  }

  claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    return this.#metered('claim', () => this.store.claim(name, holder, details, sharing));
  }

  describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared?: boolean,
  ): Promise<StoreAnswer<void>> {
    return this.#metered('describe', () => this.store.describe(name, holder, details, isShared));
  }

  release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    return this.#metered('release', () => this.store.release(name, holder));
  }

  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void {
    return this.store.followClaims(onNews);
  }

  read<Document>(at: DocumentKey): Promise<StoreAnswer<Document | undefined>> {
    return this.#metered('read', () => this.store.read<Document>(at));
  }

  list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>> {
    return this.#metered('list', () => this.store.list<Document>(collection));
  }

  count(collection: string): Promise<StoreAnswer<number>> {
    return this.#metered('count', () => this.store.count(collection));
  }

  change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    return this.#metered('change', () => this.store.change(at, rule));
  }

  append(
    channel: string,
    entries: readonly unknown[],
    options?: AppendOptions,
  ): Promise<StoreAnswer<number>> {
    return this.#metered('append', () => this.store.append(channel, entries, options));
  }

  tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>> {
    return this.#metered('tail', () => this.store.tail<Entry>(channel, countMax));
  }

  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void {
    return this.store.follow(channel, afterOffset, onBatch);
  }

  drop(channel: string): Promise<StoreAnswer<void>> {
    return this.#metered('drop', () => this.store.drop(channel));
  }

  watchAvailability(listener: AvailabilityListener): () => void {
    return this.store.watchAvailability(listener);
  }

  #metered<Value>(
    operation: string,
    ask: () => Promise<StoreAnswer<Value>>,
  ): Promise<StoreAnswer<Value>> {
    const beganAtMs = this.now();
    const told = (outcome: 'ok' | 'store-away' | 'error'): void =>
      this.meter.storeTook(operation, this.now() - beganAtMs, outcome);
    try {
      const answer = ask();
      // Beside it and not in between: whoever asked has the answer no later.
      answer.then(
        ({ ok }) => told(ok ? 'ok' : 'store-away'),
        () => told('error'),
      );
      return answer;
    } catch (error) {
      told('error');
      throw error;
    }
  }
}
