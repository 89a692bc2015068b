import type { Clock } from '@chat-server/supervision';
import { AppendedOnce } from './appended-once';
import { claimAnswer, MemoryClaims } from './memory-claims';
import { SqliteCommits } from './sqlite-commits';
import { SqliteDatabase } from './sqlite-database';
import { isNumberTooLarge, isSqliteError } from './sqlite-error';
import { SqliteFollowers } from './sqlite-followers';
import type { SqliteLocation } from './sqlite-location';
import type { LogLimits } from './sqlite-log';
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

/** How often what is too old is removed; it is not shown in the meantime. */
const sweepEveryMs = 600_000;

/**
 * The store in a SQLite file, for one node, which has the file to itself. Documents and channels
 * are on disk; names and leases are in memory, since those who hold them go with the process.
 *
 * An append is answered, and its followers are told, when its transaction is committed: whatever
 * somebody has read is in the file, even if the process is killed right then. Entries and documents
 * are JSON; they must not be changed after they were given.
 */
export class SqliteStore implements Store {
  readonly #claims: MemoryClaims;
  readonly #commits: SqliteCommits;
  readonly #followers: SqliteFollowers;
  readonly #appended = new AppendedOnce();
  #sweepAtMs = 0;

  constructor(
    private readonly location: SqliteLocation,
    private readonly clock: Clock,
    private readonly limits: LogLimits,
  ) {
    this.#claims = new MemoryClaims(clock);
    this.#commits = new SqliteCommits(clock);
    this.#followers = new SqliteFollowers((channel, offset) => this.#kept(channel, offset));
  }

  async open(): Promise<void> {
    if (this.#commits.database !== undefined) return;
    this.#commits.open(new SqliteDatabase(this.location, this.limits));
    this.#followers.catchUp();
  }

  async close(): Promise<void> {
    this.#commits.close();
  }

  async beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    this.#sweep();
    return { ok: true, value: this.#claims.beat(node, leaseMs) };
  }

  async retire(node: NodeId): Promise<StoreAnswer<void>> {
    return { ok: true, value: this.#claims.retire(node) };
  }

  async claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    return claimAnswer(this.#claims.claim(name, holder, details, sharing));
  }

  async describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared?: boolean,
  ): Promise<StoreAnswer<void>> {
    return { ok: true, value: this.#claims.describe(name, holder, details, isShared) };
  }

  async release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    return { ok: true, value: this.#claims.release(name, holder) };
  }

  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void {
    return this.#claims.follow(onNews as (news: ClaimNews<unknown>) => void);
  }

  read<Document>(at: DocumentKey): Promise<StoreAnswer<Document | undefined>> {
    return this.#commits.ask(
      'nothing',
      ({ documents }) => documents.read(at) as Document | undefined,
    );
  }

  list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>> {
    return this.#commits.ask(
      'nothing',
      ({ documents }) => documents.list(collection) as readonly Document[],
    );
  }

  count(collection: string): Promise<StoreAnswer<number>> {
    return this.#commits.ask('nothing', ({ documents }) => documents.count(collection));
  }

  change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    return this.#commits.ask('documents', ({ documents }) => documents.change(at, rule));
  }

  append(
    channel: string,
    entries: readonly unknown[],
    { once }: AppendOptions = {},
  ): Promise<StoreAnswer<number>> {
    const before = once === undefined ? undefined : this.#appended.offsetOf(channel, once);
    if (before !== undefined) return Promise.resolve({ ok: true, value: before });
    return this.#commits.ask(
      'lines',
      ({ log }) => log.append(channel, entries, this.clock.now()),
      (firstOffset) => {
        if (once !== undefined) this.#appended.note(channel, once, firstOffset);
        this.#followers.publish(channel, { firstOffset, entries });
      },
    );
  }

  tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>> {
    return this.#commits.ask(
      'nothing',
      ({ log }) => log.tail(channel, countMax, this.clock.now()) as Tail<Entry>,
    );
  }

  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void {
    return this.#followers.follow(channel, afterOffset, onBatch as (batch: Batch<unknown>) => void);
  }

  drop(channel: string): Promise<StoreAnswer<void>> {
    return this.#commits.ask('lines', ({ log }) => log.drop(channel));
  }

  watchAvailability(listener: AvailabilityListener): () => void {
    return this.#commits.watch(listener);
  }

  #kept(channel: string, offset: number): readonly Batch<unknown>[] {
    try {
      return this.#commits.database?.log.after(channel, offset, this.clock.now()) ?? [];
    } catch (error) {
      if (isNumberTooLarge(error)) return [];
      if (!isSqliteError(error)) throw error;
      this.#commits.failed();
      return [];
    }
  }

  #sweep(): void {
    const now = this.clock.now();
    if (now < this.#sweepAtMs || this.#commits.database === undefined) return;
    this.#sweepAtMs = now + sweepEveryMs;
    void this.#commits.ask(
      'lines',
      ({ log }) => log.sweep(now),
      (isMore) => {
        if (isMore) this.#sweepAtMs = 0;
      },
    );
  }
}
