import type { Clock } from '@chat-server/supervision';
import type { Claim, ClaimNews, Holder, NodeId, StoreAnswer } from './store';

type Listener = (news: ClaimNews<unknown>) => void;

/** How many of the dead are remembered, so that they learn of it. */
const goneMax = 1_000;

/** Leases and the names claimed under them, in this process's memory, and gone with it. */
export class MemoryClaims {
  /** Until when the nodes live that have not been taken for dead. */
  readonly #leases = new Map<NodeId, number>();
  readonly #gone = new Set<NodeId>();
  readonly #claims = new Map<string, Claim<unknown>>();
  readonly #listeners = new Set<Listener>();
  #lastBeatMs = 0;
  #leaseMs = 0;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  beat(node: NodeId, leaseMs: number): 'alive' | 'lapsed' {
    if (this.#gone.has(node)) return 'lapsed';
    const untilMs = this.clock.now() + leaseMs;
    if (this.#isSilent) for (const each of this.#leases.keys()) this.#leases.set(each, untilMs);
    this.#lastBeatMs = this.clock.now();
    this.#leaseMs = leaseMs;
    this.#leases.set(node, untilMs);
    for (const each of this.#leases.keys()) if (!this.#lives(each)) this.retire(each);
    return 'alive';
  }

  retire(node: NodeId): void {
    this.#leases.delete(node);
    this.#gone.add(node);
    const [oldest = ''] = this.#gone;
    if (this.#gone.size > goneMax) this.#gone.delete(oldest);
    for (const [name, { holder }] of this.#claims) {
      if (holder.node === node) this.#claims.delete(name);
    }
    this.#tell({ kind: 'gone', node });
  }

  claim(name: string, holder: Holder, details: unknown): 'claimed' | 'taken' | 'lapsed' {
    if (this.#gone.has(holder.node)) return 'lapsed';
    const present = this.#claims.get(name)?.holder;
    if (present !== undefined && present.origin !== holder.origin) {
      if (this.#lives(present.node)) return 'taken';
      this.retire(present.node);
    }
    this.#hold({ name, holder, details });
    return 'claimed';
  }

  describe(name: string, holder: Holder, details: unknown): void {
    if (this.#isHeldBy(name, holder)) this.#hold({ name, holder, details });
  }

  release(name: string, holder: Holder): void {
    if (!this.#isHeldBy(name, holder)) return;
    this.#claims.delete(name);
    this.#tell({ kind: 'freed', name, holder });
  }

  follow(listener: Listener): () => void {
    listener({ kind: 'all', claims: [...this.#claims.values()] });
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #hold(claim: Claim<unknown>): void {
    this.#claims.set(claim.name, claim);
    this.#tell({ kind: 'held', claim });
  }

  #isHeldBy(name: string, { origin }: Holder): boolean {
    return this.#claims.get(name)?.holder.origin === origin;
  }

  #lives(node: NodeId): boolean {
    return this.#isSilent || (this.#leases.get(node) ?? 0) > this.clock.now();
  }

  /** Whether no node has beaten for so long that it tells nothing of any of them. */
  get #isSilent(): boolean {
    return this.clock.now() - this.#lastBeatMs > this.#leaseMs / 2;
  }

  #tell(news: ClaimNews<unknown>): void {
    for (const listener of this.#listeners) listener(news);
  }
}

/** What is answered to a claim. */
export function claimAnswer(
  claimed: 'claimed' | 'taken' | 'lapsed',
): StoreAnswer<'claimed' | 'taken'> {
  return claimed === 'lapsed' ? { ok: false, reason: 'store-away' } : { ok: true, value: claimed };
}
