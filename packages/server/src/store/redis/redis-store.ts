import { randomBytes } from 'node:crypto';
import type { Clock } from '@chat-server/supervision';
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
} from '../store';
import { type ChannelLimits, RedisAppender } from './redis-appender';
import { RedisAvailability } from './redis-availability';
import { RedisCalls } from './redis-calls';
import { RedisClaims } from './redis-claims';
import { RedisDocuments } from './redis-documents';
import { RedisFollowers } from './redis-followers';
import { claimsChannel, RedisKeys } from './redis-keys';
import { RedisLink } from './redis-link';
import type { RedisLocation } from './redis-location';
import { readOf } from './redis-record';
import { scripts } from './redis-script';

/** How long closing waits for what is being appended. */
const drainMaxMs = 1_000;

/**
 * The store in a Redis or Valkey, for any number of nodes. The README beside this file has its keys,
 * and what each of them promises.
 *
 * An entry is in Redis when its append is answered and when anyone is handed it. What Redis itself
 * loses, in a failover or a restart, is told to those who follow as a gap.
 */
export class RedisStore implements Store {
  readonly #link: RedisLink;
  readonly #keys: RedisKeys;
  readonly #availability: RedisAvailability;
  readonly #calls: RedisCalls;
  readonly #appender: RedisAppender;
  readonly #followers: RedisFollowers;
  readonly #claims: RedisClaims;
  readonly #documents: RedisDocuments;
  readonly #author = randomBytes(8).toString('hex');
  #drops = 0;
  #isClosed = false;

  constructor(
    location: RedisLocation,
    private readonly clock: Clock,
    private readonly limits: ChannelLimits,
  ) {
    const author = this.#author;
    const isAway = (): boolean => this.#isClosed || !this.#availability.isAvailable;
    const keys = new RedisKeys(location.prefix);
    this.#keys = keys;
    this.#link = new RedisLink(location);
    this.#availability = new RedisAvailability(clock);
    this.#calls = new RedisCalls(this.#link, clock, isAway, (failure) => this.#note(failure));
    const calls = this.#calls;
    const now = (): number => clock.now();
    this.#followers = new RedisFollowers(this.#link, calls, keys, limits, now);
    this.#claims = new RedisClaims({
      calls,
      keys,
      author,
      isAway,
      follow: (afterOffset, onBatch) => this.#followers.follow(claimsChannel, afterOffset, onBatch),
      lapsed: () => this.#appender.refuseWaiting(),
      forgotten: () => this.#followers.readAll(),
    });
    this.#appender = new RedisAppender({
      calls,
      keys,
      clock,
      limits,
      author,
      isAway: () => isAway() || this.#claims.hasLapsed,
      fence: () => this.#claims.fence,
      renew: async () => void (await this.#claims.renew()),
      appended: (appended) => this.#followers.appended(appended),
    });
    this.#documents = new RedisDocuments(calls, keys, author);
    this.#availability.watch((isAvailable) => {
      if (isAvailable) this.#catchUp();
      else this.#refuseWaiting();
    });
  }

  async open(): Promise<void> {
    this.#isClosed = false;
    await this.#link.open({
      up: () => this.#up(),
      down: (reason) => this.#down(reason),
      subscribed: (topics) => this.#followers.subscribed(topics),
      published: (topic, message) => this.#followers.published(topic, message),
    });
    if (!this.#link.isUp) this.#down('not connected yet');
  }

  async close(): Promise<void> {
    await this.#appender.idle(drainMaxMs);
    this.#isClosed = true;
    this.#link.close();
    this.#refuseWaiting();
    this.#availability.up();
  }

  beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    this.#link.probe();
    return this.#claims.beat(node, leaseMs);
  }

  retire(node: NodeId): Promise<StoreAnswer<void>> {
    return this.#claims.retire(node);
  }

  claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    return this.#claims.claim(name, holder, details, sharing);
  }

  describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared?: boolean,
  ): Promise<StoreAnswer<void>> {
    return this.#claims.describe(name, holder, details, isShared);
  }

  release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    return this.#claims.release(name, holder);
  }

  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void {
    return this.#claims.follow(onNews as (news: ClaimNews<unknown>) => void);
  }

  read<Document>(at: DocumentKey): Promise<StoreAnswer<Document | undefined>> {
    return this.#documents.read(at) as Promise<StoreAnswer<Document | undefined>>;
  }

  list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>> {
    return this.#documents.list(collection) as Promise<StoreAnswer<readonly Document[]>>;
  }

  count(collection: string): Promise<StoreAnswer<number>> {
    return this.#documents.count(collection);
  }

  change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    return this.#documents.change(at, rule);
  }

  append(
    channel: string,
    entries: readonly unknown[],
    options: AppendOptions = {},
  ): Promise<StoreAnswer<number>> {
    return this.#appender.append(channel, entries, options);
  }

  async tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>> {
    const count = Math.min(countMax, this.limits.channelEntriesMax);
    const answer = await this.#calls.run({
      script: scripts.readTail,
      keys: this.#keys.channel(channel),
      args: [count],
    });
    if (!answer.ok) return answer;
    const { head, records } = readOf(answer.value);
    const oldestMs = this.clock.now() - this.limits.entryAgeMaxMs;
    const young = records.filter(({ atMs }) => atMs >= oldestMs).toReversed();
    const entries = young.flatMap((record) => record.entries()) as Entry[];
    return { ok: true, value: { entries: count > 0 ? entries.slice(-count) : [], head } };
  }

  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void {
    return this.#followers.follow(channel, afterOffset, onBatch as (batch: Batch<unknown>) => void);
  }

  async drop(channel: string): Promise<StoreAnswer<void>> {
    const answer = await this.#calls.run({
      script: scripts.drop,
      keys: this.#keys.channel(channel),
      args: [`drop:${this.#author}`, ++this.#drops],
    });
    return answer.ok ? { ok: true, value: undefined } : answer;
  }

  watchAvailability(listener: AvailabilityListener): () => void {
    return this.#availability.watch(listener);
  }

  /** Renews the lease first: whether names are still held shows in how much is done for. */
  #up(): void {
    this.#availability.up();
    if (this.#claims.fence === undefined) this.#availability.worked();
    else void this.#claims.renew();
    this.#calls.changed();
    this.#catchUp();
  }

  #down(reason: string): void {
    if (this.#isClosed) return;
    this.#availability.down(reason);
    this.#calls.changed();
  }

  /** Notes how a call went; an answer that was under way when the link went down says nothing. */
  #note(failure: string | undefined): void {
    if (this.#isClosed || !this.#link.isUp) return;
    if (failure === undefined) this.#availability.worked();
    else this.#availability.failed(failure);
  }

  /** Does what could not be done while the store was away. */
  #catchUp(): void {
    this.#followers.up();
    this.#claims.up();
  }

  #refuseWaiting(): void {
    this.#appender.refuseWaiting();
    this.#claims.refuseWaiting();
    this.#calls.changed();
  }
}
