import type { Clock } from '@chat-server/supervision';
import type { Claim, Claimed, ClaimNews, Holder, NodeId, Sharing, StoreAnswer } from './store';

/** A claim, and whether others may have the name too. */
type Held = Claim<unknown> & { readonly isShared: boolean };
type Listener = (news: ClaimNews<unknown>) => void;

/** How many of the dead are remembered, so that they learn of it. */
const goneMax = 1_000;

/** Leases and the names claimed under them, in this process's memory, and gone with it. */
export class MemoryClaims {
  /** Until when the nodes live that have not been taken for dead. */
  readonly #leases = new Map<NodeId, number>();
  readonly #gone = new Set<NodeId>();
  /** By name, and never none. */
  readonly #claims = new Map<string, readonly Held[]>();
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
    for (const [name, held] of this.#claims) {
      this.#set(
        name,
        held.filter(({ holder }) => holder.node !== node),
      );
    }
    this.#tell({ kind: 'gone', node });
  }

  claim(name: string, holder: Holder, details: unknown, sharing?: Sharing): Claimed | 'lapsed' {
    if (this.#gone.has(holder.node)) return 'lapsed';
    if (!this.#isHeldBy(name, holder)) {
      const nodes = new Set(this.#heldAs(name).map(({ holder: { node } }) => node));
      for (const node of nodes) if (!this.#lives(node)) this.retire(node);
      const others = this.#heldAs(name);
      const mayShare = sharing !== undefined && others.every(({ isShared }) => isShared);
      if (others.length > 0 && !mayShare) return 'taken';
      if (mayShare && others.length >= sharing.holdersMax) return 'full';
    }
    this.#hold({ name, holder, details, isShared: sharing !== undefined });
    return 'claimed';
  }

  describe(name: string, holder: Holder, details: unknown, isShared = false): void {
    if (this.#isHeldBy(name, holder)) this.#hold({ name, holder, details, isShared });
  }

  release(name: string, holder: Holder): void {
    if (!this.#isHeldBy(name, holder)) return;
    this.#set(
      name,
      this.#heldAs(name).filter((held) => held.holder.origin !== holder.origin),
    );
    this.#tell({ kind: 'freed', name, holder });
  }

  follow(listener: Listener): () => void {
    listener({ kind: 'all', claims: [...this.#claims.values()].flat().map(claimOf) });
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #hold(held: Held): void {
    const { name, holder } = held;
    const all = this.#heldAs(name);
    const isNew = !this.#isHeldBy(name, holder);
    this.#claims.set(
      name,
      isNew ? [...all, held] : all.map((each) => (isOf(each, holder) ? held : each)),
    );
    this.#tell({ kind: 'held', claim: claimOf(held) });
  }

  #set(name: string, held: readonly Held[]): void {
    if (held.length > 0) this.#claims.set(name, held);
    else this.#claims.delete(name);
  }

  #heldAs(name: string): readonly Held[] {
    return this.#claims.get(name) ?? [];
  }

  #isHeldBy(name: string, holder: Holder): boolean {
    return this.#heldAs(name).some((held) => isOf(held, holder));
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

function isOf({ holder }: Held, { origin }: Holder): boolean {
  return holder.origin === origin;
}

function claimOf({ name, holder, details }: Held): Claim<unknown> {
  return { name, holder, details };
}

/** What is answered to a claim. */
export function claimAnswer(claimed: Claimed | 'lapsed'): StoreAnswer<Claimed> {
  return claimed === 'lapsed' ? { ok: false, reason: 'store-away' } : { ok: true, value: claimed };
}
