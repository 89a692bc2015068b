import { isObject, isText } from './shape';
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
  NodeId,
  Rule,
  Sharing,
  Store,
  StoreAnswer,
  Tail,
} from './store';
import { unreadable } from './unreadable';

/** What is kept, as those who read it take it for granted. */
export interface RecordShapes {
  /** By collection; those of others are not looked at. */
  readonly documents: ReadonlyMap<string, DocumentShape>;
  readonly entries: readonly EntryShape[];
  isClaim(name: string, holder: Holder, details: unknown): boolean;
}

export interface DocumentShape {
  readonly check: (value: unknown) => boolean;
  /** What becomes of one that is not so: it cannot be had, and stays, or is as if it were not there. */
  readonly unread: 'refused' | 'absent';
}

export interface EntryShape {
  /** How the names of channels begin. */
  readonly prefix: string;
  readonly check: (value: unknown) => boolean;
  /** What is handed out in the place of one that is not so, since offsets count all. */
  readonly instead: unknown;
}

/** What a rule answers that was not asked: what it would have been given is not fit for it. */
const notAsked = Symbol('not asked');

/**
 * A store of which nothing comes but what has the shape that its readers expect, whatever has been
 * written there: by another version, by another program, or by a disk that fails. It is otherwise the
 * store behind it.
 *
 * A document that is not as it should be answers `store-away` and is left as it is, so that nobody
 * gets a name or a room that is someone's; a list leaves it out. An entry is replaced, and a claim
 * passed over. What is unreadable is told, for operators.
 */
export class CheckedStore implements Store {
  constructor(
    private readonly store: Store,
    private readonly shapes: RecordShapes,
    /** Told where something is that cannot be read; again each time that it is met. */
    private readonly onUnreadable: (where: string) => void,
  ) {}

  open(): Promise<void> {
    return this.store.open();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    return this.store.beat(node, leaseMs);
  }

  retire(node: NodeId): Promise<StoreAnswer<void>> {
    return this.store.retire(node);
  }

  claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    return this.store.claim(name, holder, details, sharing);
  }

  describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared?: boolean,
  ): Promise<StoreAnswer<void>> {
    return this.store.describe(name, holder, details, isShared);
  }

  release(name: string, holder: Holder): Promise<StoreAnswer<void>> {
    return this.store.release(name, holder);
  }

  followClaims<Details>(onNews: (news: ClaimNews<Details>) => void): () => void {
    return this.store.followClaims<Details>((news) => {
      const sound = this.#newsIn<Details>(news);
      if (sound !== undefined) onNews(sound);
    });
  }

  async read<Document>(at: DocumentKey): Promise<StoreAnswer<Document | undefined>> {
    const answer = await this.store.read<Document>(at);
    if (!answer.ok || this.#isFit(at, answer.value)) return answer;
    return this.#isAbsent(at) ? { ok: true, value: undefined } : away;
  }

  async list<Document>(collection: string): Promise<StoreAnswer<readonly Document[]>> {
    const answer = await this.store.list<Document>(collection);
    if (!answer.ok) return answer;
    const value = answer.value.filter((each) => this.#isFit({ collection, id: '?' }, each));
    return { ok: true, value };
  }

  count(collection: string): Promise<StoreAnswer<number>> {
    return this.store.count(collection);
  }

  async change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    const answer = await this.store.change<Document, Refused | typeof notAsked>(at, (document) => {
      if (this.#isFit(at, document)) return rule(document);
      return this.#isAbsent(at) ? rule(undefined) : { ok: false, refused: notAsked };
    });
    if (!answer.ok) return answer;
    const changed = answer.value;
    if (changed.ok) return { ok: true, value: changed };
    const { refused } = changed;
    return refused === notAsked ? away : { ok: true, value: { ok: false, refused } };
  }

  append(
    channel: string,
    entries: readonly unknown[],
    options?: AppendOptions,
  ): Promise<StoreAnswer<number>> {
    return this.store.append(channel, entries, options);
  }

  async tail<Entry>(channel: string, countMax: number): Promise<StoreAnswer<Tail<Entry>>> {
    const answer = await this.store.tail<Entry>(channel, countMax);
    if (!answer.ok) return answer;
    const { entries, head } = answer.value;
    return { ok: true, value: { entries: this.#entriesIn(channel, entries), head } };
  }

  follow<Entry>(
    channel: string,
    afterOffset: number,
    onBatch: (batch: Batch<Entry>) => void,
  ): () => void {
    return this.store.follow<Entry>(channel, afterOffset, (batch) =>
      onBatch({ ...batch, entries: this.#entriesIn(channel, batch.entries) }),
    );
  }

  drop(channel: string): Promise<StoreAnswer<void>> {
    return this.store.drop(channel);
  }

  watchAvailability(listener: AvailabilityListener): () => void {
    return this.store.watchAvailability(listener);
  }

  #isFit({ collection, id }: DocumentKey, document: unknown): boolean {
    if (document === undefined) return true;
    const check = this.shapes.documents.get(collection)?.check ?? isReadable;
    if (check(document)) return true;
    this.onUnreadable(`${collection}/${id}`);
    return false;
  }

  #isAbsent({ collection }: DocumentKey): boolean {
    return this.shapes.documents.get(collection)?.unread === 'absent';
  }

  /** The same ones where all are sound, as they nearly always are. */
  #entriesIn<Entry>(channel: string, entries: readonly Entry[]): readonly Entry[] {
    const shape = this.shapes.entries.find(({ prefix }) => channel.startsWith(prefix));
    const check = shape?.check ?? isReadable;
    if (entries.every((entry) => check(entry))) return entries;
    this.onUnreadable(channel);
    return entries.map((entry) => (check(entry) ? entry : (shape?.instead as Entry)));
  }

  #newsIn<Details>(news: ClaimNews<Details>): ClaimNews<Details> | undefined {
    if (isObject(news)) {
      if (news.kind === 'all') {
        return { kind: 'all', claims: news.claims.filter((claim) => this.#isClaim(claim)) };
      }
      if (news.kind === 'held') return this.#isClaim(news.claim) ? news : undefined;
      if (news.kind === 'freed' && isText(news.name) && isHolder(news.holder)) return news;
      if (news.kind === 'gone' && isText(news.node)) return news;
    }
    this.onUnreadable('claims');
    return undefined;
  }

  #isClaim(claim: Claim<unknown>): boolean {
    const isSound =
      isObject(claim) &&
      isText(claim.name) &&
      isHolder(claim.holder) &&
      this.shapes.isClaim(claim.name, claim.holder, claim.details);
    if (!isSound) this.onUnreadable('claims');
    return isSound;
  }
}

const away = { ok: false, reason: 'store-away' } as const;

function isReadable(value: unknown): boolean {
  return value !== unreadable;
}

function isHolder(holder: unknown): boolean {
  return isObject(holder) && isText(holder['node']) && isText(holder['origin']);
}
