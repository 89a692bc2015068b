/**
 * What nodes share, behind one small port: names under a lease, small documents changed by pure
 * rules, and ordered logs. Rules, texts and who may do what are not its business.
 *
 * No operation throws for what can be expected: when the store is away, the answer says so, and
 * what was asked may or may not have been done, except where it is said to be safe to repeat.
 *
 * Whose records they are, a backend does not know: what cannot be read is handed out as
 * `unreadable`, and what reads as something else as that. CheckedStore stands in between.
 */
export interface Store {
  /** Gets ready to serve. Throws a StartError when it cannot. Can be called again. */
  open(): Promise<void>;
  /** Gives everything back; claims stay until their lease ends. */
  close(): Promise<void>;

  /**
   * Says that a node lives, for `leaseMs` from now; what it claimed holds as long as its lease. A
   * node whose lease has ended is taken for dead when another one beats or wants its name, and from
   * then on is `lapsed` for good: its names may be others' by now, and it needs a new id. Where no
   * node at all was heard of for half a lease, it was the store that was away, and all leases go on.
   */
  beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>>;
  /** Ends a node's lease and frees its names, at once and for good. Safe to repeat. */
  retire(node: NodeId): Promise<StoreAnswer<void>>;
  /**
   * Claims a name for one connection. Of any number of claims at once, on whatever nodes, one gets
   * it; of claims that are shared, as many as each of them allows, for as long as nobody has the name
   * who does not share it. A claim that is the holder's already stays, with these details: safe to
   * repeat. A node that has lapsed gets none, and where the answer is `store-away`, the name is not
   * held in the end.
   */
  claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>>;
  /**
   * Replaces what is told of a holder, and whether it shares the name from now on, if this one has
   * the name, else does nothing. Who else has it by then keeps it.
   */
  describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared?: boolean,
  ): Promise<StoreAnswer<void>>;
  /** Frees a name if this holder has it, else does nothing. Safe to repeat. */
  release(name: string, holder: Holder): Promise<StoreAnswer<void>>;
  /**
   * Hands over all claims there are, and then what becomes of them, on whichever node, in order,
   * until unsubscribed; all of them again where something may have been missed.
   */
  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void;

  /** A document, or undefined. */
  read<Document>(at: DocumentKey): Promise<StoreAnswer<Document | undefined>>;
  /** All documents of a collection, in no order. */
  list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>>;
  /** How many documents a collection has. */
  count(collection: string): Promise<StoreAnswer<number>>;
  /**
   * Changes a document by a pure rule, as if no one else did at that moment: where another change
   * came first, the rule is asked again. Nothing is changed where the rule refuses.
   */
  change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>>;

  /**
   * Appends entries to a channel, together and in this order, exactly once, and returns the offset
   * of the first. Offsets of a channel only grow, by one an entry; a store that was restarted may
   * go on at a much greater one. Where the answer is `store-away`, nothing was appended, nor will be.
   */
  append(
    channel: string,
    entries: readonly unknown[],
    options?: AppendOptions,
  ): Promise<StoreAnswer<number>>;
  /**
   * The newest entries of a channel, at most `countMax`, oldest first, and where its head stands. A
   * channel keeps a bounded number; what is older is gone.
   */
  tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>>;
  /**
   * Hands over each entry after `afterOffset` once and in order, in batches, until unsubscribed.
   * Where entries that follow are not to be had, the next batch says so.
   */
  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void;
  /** Removes a channel's entries; a new one of that name goes on with greater offsets. */
  drop(channel: string): Promise<StoreAnswer<void>>;

  /** Tells now and at each change whether the store can be reached. */
  watchAvailability(listener: AvailabilityListener): () => void;
}

/** Told whether the store can be reached; for operators, why it cannot, where that is known. */
export type AvailabilityListener = (isAvailable: boolean, reason?: string) => void;

export type StoreAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: 'store-away' };

/** How a claim went: `full` where as many share the name as may. */
export type Claimed = 'claimed' | 'taken' | 'full';

/** Of a claim to a name that others may have too who share it. */
export interface Sharing {
  /** How many may have it, with this one. */
  readonly holdersMax: number;
}

/** One life of one node: a node that starts again, or was taken for dead, has another. */
export type NodeId = string;

/** Whose claim it is: a connection, unique over all nodes, on a node. */
export interface Holder {
  readonly node: NodeId;
  readonly origin: string;
}

/** A name and who has it, with what others are told of them. */
export interface Claim<Details> {
  readonly name: string;
  readonly holder: Holder;
  readonly details: Details;
}

/** What becomes of claims. */
export type ClaimNews<Details> =
  /** These are all, whatever was told before. */
  | { readonly kind: 'all'; readonly claims: readonly Claim<Details>[] }
  /** Claimed, or described anew. */
  | { readonly kind: 'held'; readonly claim: Claim<Details> }
  | { readonly kind: 'freed'; readonly name: string; readonly holder: Holder }
  /** All that a node held is free: it was taken for dead, or has retired. */
  | { readonly kind: 'gone'; readonly node: NodeId };

export interface AppendOptions {
  /**
   * Appends nothing where an append of this id was made to the channel before, within the last
   * hour at least, and answers that one's offset.
   */
  readonly once?: string;
  /** For followers that are there: kept for a minute or so, and not as history. */
  readonly briefly?: boolean;
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
  /**
   * Why entries between the one handed over last and these are missing, if any are: the channel no
   * longer keeps them, or the store has lost the end of the channel, in a failover say, and maybe
   * some that were handed over before.
   */
  readonly gap?: 'trimmed' | 'lost';
}
