import type {
  Batch,
  Claim,
  Claimed,
  ClaimNews,
  Holder,
  NodeId,
  Sharing,
  StoreAnswer,
} from '../store';
import { valueIn } from '../unreadable';
import type { Fence } from './redis-appender';
import type { RedisCalls } from './redis-calls';
import { claimsChannel, type RedisKeys } from './redis-keys';
import { offsetIn } from './redis-record';
import { scripts } from './redis-script';

type News = ClaimNews<unknown>;
type Listener = (news: News) => void;

/** One thing to be done to names and leases, as the script takes it. */
interface Thing {
  readonly words: readonly [
    what: string,
    name: string,
    node: string,
    origin: string,
    claim: string,
    /** How many may share it; empty: nobody else may have it. */
    sharing: string,
  ];
  /** Whether it is done in the end, however long the store is away. */
  readonly isLasting: boolean;
  answer(answer: StoreAnswer<string>): void;
}

interface Lease extends Fence {
  readonly leaseMs: number;
}

export interface ClaimsSurroundings {
  readonly calls: RedisCalls;
  readonly keys: RedisKeys;
  /** This process, among all that claim. */
  readonly author: string;
  readonly isAway: () => boolean;
  readonly follow: (afterOffset: number, onBatch: (batch: Batch<unknown>) => void) => () => void;
  /** A node of this process has lapsed: what it still wanted is void. */
  readonly lapsed: () => void;
  /** The store has lost all that it had. */
  readonly forgotten: () => void;
}

const thingsMax = 500;
const newsMax = 10_000;
/** How long names and the dead are remembered when no node is heard of. */
const keepMs = 24 * 3_600_000;
/** How long before its end a lease is not relied on any more. */
const marginShare = 0.25;

/**
 * Names and leases in Redis. What is asked is done in order, and together where one waits for the
 * other, so that a thousand logins at once are a few scripts.
 */
export class RedisClaims {
  readonly #waiting: Thing[] = [];
  readonly #listeners = new Set<Listener>();
  #isBusy = false;
  #batches = 0;
  #lease: Lease | undefined;
  #hasLapsed = false;
  #renewing: Promise<unknown> | undefined;
  #unfollow: (() => void) | undefined;
  #reads = 0;

  constructor(private readonly around: ClaimsSurroundings) {}

  /** Under which lease this node may append. */
  get fence(): Fence | undefined {
    return this.#lease;
  }

  /** Whether the node of this process has lapsed, and has no new life yet. */
  get hasLapsed(): boolean {
    return this.#hasLapsed;
  }

  async beat(node: NodeId, leaseMs: number): Promise<StoreAnswer<'alive' | 'lapsed'>> {
    const answer = await this.#do(['beat', '', node, String(leaseMs), '', '']);
    if (!answer.ok) return answer;
    const [word, until] = answer.value.split(' ');
    if (word === 'lapsed') {
      this.#lapse(node);
      return { ok: true, value: 'lapsed' };
    }
    // The store has forgotten all, and is to be told again of who is here.
    if (word === 'new' && this.#lease?.node === node) {
      void this.#readAll();
      this.around.forgotten();
    }
    this.#lease = { node, leaseMs, untilMs: Number(until) - leaseMs * marginShare };
    this.#hasLapsed = false;
    return { ok: true, value: 'alive' };
  }

  /** Beats once more, as last: after the store was away, or a lease was found to have run out. */
  renew(): Promise<unknown> {
    const lease = this.#lease;
    if (lease === undefined) return Promise.resolve();
    this.#renewing ??= this.beat(lease.node, lease.leaseMs).finally(
      () => (this.#renewing = undefined),
    );
    return this.#renewing;
  }

  async retire(node: NodeId): Promise<StoreAnswer<void>> {
    // Not to be renewed, nor taken for a lapse.
    if (this.#lease?.node === node) this.#lease = undefined;
    return asDone(await this.#do(['retire', '', node, '', '', '']));
  }

  async claim(
    name: string,
    holder: Holder,
    details: unknown,
    sharing?: Sharing,
  ): Promise<StoreAnswer<Claimed>> {
    const shared = sharing === undefined ? '' : String(sharing.holdersMax);
    const answer = await this.#do([...claimWords('claim', name, holder, details), shared]);
    if (answer.ok && answer.value !== 'lapsed') {
      return { ok: true, value: answer.value as Claimed };
    }
    // It may have been done, and nobody will know.
    if (!answer.ok) void this.release(name, holder);
    return { ok: false, reason: 'store-away' };
  }

  async describe(
    name: string,
    holder: Holder,
    details: unknown,
    isShared = false,
  ): Promise<StoreAnswer<void>> {
    const words = claimWords('describe', name, holder, details);
    return asDone(await this.#do([...words, isShared ? 'shared' : ''], true));
  }

  async release(name: string, { node, origin }: Holder): Promise<StoreAnswer<void>> {
    return asDone(await this.#do(['release', name, node, origin, '', ''], true));
  }

  follow(listener: Listener): () => void {
    this.#listeners.add(listener);
    void this.#readAll();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#unfollow?.();
      this.#unfollow = undefined;
    };
  }

  /** Refuses what need not be done any more when the store is back. */
  refuseWaiting(): void {
    for (const thing of this.#waiting.splice(0)) {
      if (thing.isLasting) this.#waiting.push(thing);
      else thing.answer({ ok: false, reason: 'store-away' });
    }
  }

  /** Reads all claims again where that failed, and does what was left. */
  up(): void {
    if (this.#listeners.size > 0 && this.#unfollow === undefined) void this.#readAll();
    if (!this.#isBusy) void this.#work();
  }

  /** Nothing may be appended for a node that is taken for dead. */
  #lapse(node: NodeId): void {
    if (this.#lease?.node !== node) return;
    this.#lease = undefined;
    this.#hasLapsed = true;
    this.around.lapsed();
  }

  #do(words: Thing['words'], isLasting = false): Promise<StoreAnswer<string>> {
    if (!isLasting && this.around.isAway() && words[0] !== 'beat') {
      return Promise.resolve({ ok: false, reason: 'store-away' });
    }
    const { promise, resolve } = Promise.withResolvers<StoreAnswer<string>>();
    this.#waiting.push({ words, isLasting, answer: resolve });
    if (!this.#isBusy) void this.#work();
    return promise;
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const things = this.#waiting.splice(0, thingsMax);
      const { keys, calls, author } = this.around;
      const answer = await calls.run({
        script: scripts.claims,
        keys: [...keys.claims, keys.claimsDone(author)],
        args: [
          keys.topic(claimsChannel),
          newsMax,
          keepMs,
          ++this.#batches,
          ...things.flatMap(({ words }) => words),
        ],
      });
      if (!answer.ok) {
        this.#refuse(things);
        break;
      }
      const answers = answer.value as readonly string[];
      for (const [index, thing] of things.entries()) {
        thing.answer({ ok: true, value: answers[index] ?? '' });
      }
    }
    this.#isBusy = false;
  }

  #refuse(things: readonly Thing[]): void {
    this.#waiting.unshift(...things.filter(({ isLasting }) => isLasting));
    for (const thing of things) {
      if (!thing.isLasting) thing.answer({ ok: false, reason: 'store-away' });
    }
  }

  /** Tells of all claims there are, and goes on with the news after them. */
  async #readAll(): Promise<void> {
    const read = ++this.#reads;
    this.#unfollow?.();
    this.#unfollow = undefined;
    const { calls, keys } = this.around;
    const [names, , , , , meta] = keys.claims;
    const answer = await calls.runForSure({
      script: scripts.readClaims,
      keys: [names, meta],
      args: [],
    });
    if (!answer.ok || read !== this.#reads || this.#listeners.size === 0) return;
    const [head = '0', ...claims] = answer.value as readonly string[];
    this.#tell({ kind: 'all', claims: claims.map((json) => valueIn(json) as Claim<unknown>) });
    this.#unfollow = this.around.follow(offsetIn(head), ({ entries, gap }) => {
      if (gap !== undefined) void this.#readAll();
      else for (const news of entries as readonly News[]) this.#tell(news);
    });
  }

  #tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }
}

function claimWords(
  what: 'claim' | 'describe',
  name: string,
  holder: Holder,
  details: unknown,
): readonly [what: string, name: string, node: string, origin: string, claim: string] {
  const { node, origin } = holder;
  const claim: Claim<unknown> = { name, holder: { node, origin }, details };
  return [what, name, node, origin, JSON.stringify(claim)];
}

function asDone(answer: StoreAnswer<string>): StoreAnswer<void> {
  return answer.ok ? { ok: true, value: undefined } : answer;
}
