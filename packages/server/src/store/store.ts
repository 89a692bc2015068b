/**
 * What nodes share, behind one small port: names under a lease, small documents changed by pure
 * rules, and ordered logs. Rules, texts and who may do what are not its business.
 *
 * No operation throws for what can be expected: when the store is away, the answer says so, and
 * what was asked may or may not have been done, except where it is said to be safe to repeat.
 */
export interface Store {
  /** Gets ready to serve. Throws a StartError when it cannot. Can be called again. */
  open(): Promise<void>;
  /** Gives everything back; claims stay until their lease ends. */
  close(): Promise<void>;

  /**
   * Says that a node lives, for `leaseMs` from now; claims of a node hold as long as its lease.
   * `lapsed` when the lease had ended before, and its names may be others' by now.
   */
  beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>>;
  /**
   * Claims a name for one connection. Of any number of claims at once, on whatever nodes, one gets
   * it. A claim that is the holder's already stays: safe to repeat.
   */
  claim(name: string, holder: Holder): Promise<StoreAnswer<'claimed' | 'taken'>>;
  /** Frees a name if this holder has it, else does nothing. Safe to repeat. */
  release(name: string, holder: Holder): Promise<StoreAnswer<void>>;

  /** A document, or undefined. */
  read<Document>(at: DocumentKey): Promise<StoreAnswer<Document | undefined>>;
  /** All documents of a collection, in no order. */
  list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>>;
  /**
   * Changes a document by a pure rule, as if no one else did at that moment: where another change
   * came first, the rule is asked again. Nothing is changed where the rule refuses.
   */
  change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>>;

  /**
   * Appends entries to a channel, together and in this order, and returns the offset of the first.
   * Offsets of a channel grow by one an entry, within one epoch.
   */
  append(channel: string, entries: readonly unknown[]): Promise<StoreAnswer<number>>;
  /**
   * The newest entries of a channel, at most `countMax`, oldest first, and where its head stands. A
   * channel keeps a bounded number; what is older is gone.
   */
  tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>>;
  /**
   * Hands over each entry after `afterOffset` once and in order, in batches, until unsubscribed;
   * where the channel no longer has the next one, the batch says at which offset it goes on.
   */
  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void;
  /** Removes a channel's entries; a new one of that name goes on with greater offsets. */
  drop(channel: string): Promise<StoreAnswer<void>>;

  /** Tells now and at each change whether the store can be reached. */
  watchAvailability(listener: (isAvailable: boolean) => void): () => void;
}

export type StoreAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: 'store-away' };

/** One life of one node: a node that starts again has another. */
export type NodeId = string;

/** Whose claim it is: a connection, unique over all nodes, on a node. */
export interface Holder {
  readonly node: NodeId;
  readonly origin: string;
}

export interface DocumentKey {
  readonly collection: string;
  readonly id: string;
}

/** What a rule makes of a document: the one that follows (undefined: it is removed), or a refusal. */
export type Rule<Document, Refused> = (
  document: Document | undefined,
) => Changed<Document, Refused>;

export type Changed<Document, Refused> =
  | { readonly ok: true; readonly document: Document | undefined }
  | { readonly ok: false; readonly refused: Refused };

export interface Tail<Entry> {
  readonly entries: readonly Entry[];
  /** The offset of the newest entry ever appended; 0 when there was none. */
  readonly head: number;
}

export interface Batch<Entry> {
  /** The offset of the first of these entries. */
  readonly firstOffset: number;
  readonly entries: readonly Entry[];
}
