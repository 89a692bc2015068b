import type { Clock } from '@chat-server/supervision';
import type { Holder, NodeId } from './store';

/** Leases and the names claimed under them, in this process's memory: for one node, gone with it. */
export class MemoryClaims {
  readonly #leases = new Map<NodeId, number>();
  readonly #holders = new Map<string, Holder>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  beat(node: NodeId, leaseMs: number): 'alive' | 'lapsed' {
    const now = this.clock.now();
    const untilMs = this.#leases.get(node) ?? Infinity;
    this.#leases.set(node, now + leaseMs);
    return untilMs > now ? 'alive' : 'lapsed';
  }

  claim(name: string, holder: Holder): 'claimed' | 'taken' {
    const present = this.#holders.get(name);
    const isFree =
      present === undefined || present.origin === holder.origin || !this.#lives(present.node);
    if (isFree) this.#holders.set(name, holder);
    return isFree ? 'claimed' : 'taken';
  }

  release(name: string, holder: Holder): void {
    if (this.#holders.get(name)?.origin === holder.origin) this.#holders.delete(name);
  }

  #lives(node: NodeId): boolean {
    return (this.#leases.get(node) ?? 0) > this.clock.now();
  }
}
