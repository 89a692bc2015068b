import type { Clock } from '@chat-server/supervision';
import { AppendedOnce } from './appended-once';
import { claimAnswer, MemoryClaims } from './memory-claims';
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

interface Follower {
  /** The offset up to which it has been handed entries. */
  cursor: number;
  readonly onBatch: (batch: Batch<unknown>) => void;
}

interface Channel {
  entries: unknown[];
  head: number;
  readonly followers: Set<Follower>;
  /** To be handed to the followers, since one of them appended while it was handed something. */
  readonly waiting: Batch<unknown>[];
  isDelivering: boolean;
}

/**
 * The store in this process's memory: for one node, gone with it, and never away.
 *
 * Entries and documents are kept as they are given: they must not be changed afterwards.
 */
export class MemoryStore implements Store {
  readonly #claims: MemoryClaims;
  readonly #collections = new Map<string, Map<string, unknown>>();
  readonly #channels = new Map<string, Channel>();
  /** Above every offset of the channels that were forgotten. */
  #offsetFloor = 0;
  readonly #appended = new AppendedOnce();

  /** Keeps at most `channelEntriesMax` entries a channel, and up to half as many more. */
  constructor(
    clock: Pick<Clock, 'now'>,
    private readonly channelEntriesMax: number,
  ) {
    this.#claims = new MemoryClaims(clock);
  }

  open(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    return answer(this.#claims.beat(node, leaseMs));
  }

  retire(node: NodeId): Promise<StoreAnswer<void>> {
    return answer(this.#claims.retire(node));
  }

  claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    return Promise.resolve(claimAnswer(this.#claims.claim(name, holder, details, sharing)));
  }

  describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared?: boolean,
  ): Promise<StoreAnswer<void>> {
    return answer(this.#claims.describe(name, holder, details, isShared));
  }

  release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    return answer(this.#claims.release(name, holder));
  }

  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void {
    return this.#claims.follow(onNews as (news: ClaimNews<unknown>) => void);
  }

  read<Document>({ collection, id }: DocumentKey): Promise<StoreAnswer<Document | undefined>> {
    return answer(this.#collections.get(collection)?.get(id) as Document | undefined);
  }

  list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>> {
    return answer([...(this.#collections.get(collection)?.values() ?? [])] as Document[]);
  }

  count(collection: string): Promise<StoreAnswer<number>> {
    return answer(this.#collections.get(collection)?.size ?? 0);
  }

  change<Document, Refused>(
    { collection, id }: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    const documents = this.#collections.get(collection) ?? new Map<string, unknown>();
    this.#collections.set(collection, documents);
    const changed = rule(documents.get(id) as Document | undefined);
    if (!changed.ok) return answer(changed);
    if (changed.document === undefined) documents.delete(id);
    else documents.set(id, changed.document);
    return answer(changed);
  }

  append(
    name: string,
    entries: readonly unknown[],
    { once }: AppendOptions = {},
  ): Promise<StoreAnswer<number>> {
    const channel = this.#channel(name);
    const before = once === undefined ? undefined : this.#appended.offsetOf(name, once);
    if (before !== undefined) return answer(before);
    const firstOffset = channel.head + 1;
    if (once !== undefined) this.#appended.note(name, once, firstOffset);
    channel.head += entries.length;
    for (const entry of entries) channel.entries.push(entry);
    // Dropping in large steps, since each moves all that stays.
    if (channel.entries.length > this.channelEntriesMax * 1.5) {
      channel.entries = channel.entries.slice(-this.channelEntriesMax);
    }
    channel.waiting.push({ firstOffset, entries });
    deliver(channel);
    return answer(firstOffset);
  }

  tail<Entry>(name: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>> {
    const { entries, head } = this.#channels.get(name) ?? {
      entries: [],
      head: this.#offsetFloor,
    };
    const count = Math.min(countMax, this.channelEntriesMax);
    return answer({ entries: (count > 0 ? entries.slice(-count) : []) as Entry[], head });
  }

  follow<Entry>(
    name: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void {
    const channel = this.#channel(name);
    const follower: Follower = {
      cursor: channel.head,
      onBatch: onBatch as (batch: Batch<unknown>) => void,
    };
    channel.followers.add(follower);
    const missing = Math.min(channel.head - afterOffset, channel.entries.length);
    if (missing > 0) {
      const firstOffset = channel.head - missing + 1;
      const entries = channel.entries.slice(-missing) as Entry[];
      const isTrimmed = firstOffset > afterOffset + 1 && afterOffset > 0;
      const gap = isTrimmed ? { gap: 'trimmed' as const } : {};
      delivering(channel, () => onBatch({ firstOffset, entries, ...gap }));
    }
    return () => {
      channel.followers.delete(follower);
      this.#forgetUnused(name, channel);
    };
  }

  drop(name: string): Promise<StoreAnswer<void>> {
    const channel = this.#channels.get(name);
    if (channel !== undefined) {
      channel.entries = [];
      this.#forgetUnused(name, channel);
    }
    return answer(undefined);
  }

  watchAvailability(listener: AvailabilityListener): () => void {
    listener(true);
    return () => undefined;
  }

  #forgetUnused(name: string, channel: Channel): void {
    if (channel.entries.length > 0 || channel.followers.size > 0) return;
    this.#offsetFloor = Math.max(this.#offsetFloor, channel.head);
    this.#channels.delete(name);
  }

  #channel(name: string): Channel {
    const present = this.#channels.get(name);
    if (present !== undefined) return present;
    const channel: Channel = {
      entries: [],
      head: this.#offsetFloor,
      followers: new Set(),
      waiting: [],
      isDelivering: false,
    };
    this.#channels.set(name, channel);
    return channel;
  }
}

/** Hands over what waits, batch by batch, so that all followers see one order. */
function deliver(channel: Channel): void {
  delivering(channel, () => undefined);
}

/** Hands over something first; what is appended meanwhile waits for it. */
function delivering(channel: Channel, handOverFirst: () => void): void {
  const isNested = channel.isDelivering;
  channel.isDelivering = true;
  try {
    handOverFirst();
    if (isNested) return;
    for (let batch = channel.waiting.shift(); batch; batch = channel.waiting.shift()) {
      handOver(channel, batch);
    }
  } finally {
    channel.isDelivering = isNested;
  }
}

function handOver({ followers }: Channel, batch: Batch<unknown>): void {
  for (const follower of followers) {
    // Who began to follow while it waited has been handed it already.
    if (follower.cursor >= batch.firstOffset) continue;
    follower.cursor = batch.firstOffset + batch.entries.length - 1;
    follower.onBatch(batch);
  }
}

function answer<Value>(value: Value): Promise<StoreAnswer<Value>> {
  return Promise.resolve({ ok: true, value });
}
