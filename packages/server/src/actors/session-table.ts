import { networkOf } from '../domain/network';
import type { Session } from './session';

/** All connections of this node by number: a table that outlives the actors. */
export class SessionTable {
  readonly #sessions = new Map<number, Session>();
  readonly #networks = new Map<string, number>();
  #emptied: PromiseWithResolvers<void> | undefined;

  get size(): number {
    return this.#sessions.size;
  }

  get(number: number): Session | undefined {
    return this.#sessions.get(number);
  }

  /** In order of arrival. */
  all(): Iterable<Session> {
    return this.#sessions.values();
  }

  /** How many come from an address; of IPv6, from its /64 network. */
  countFrom(address: string): number {
    return this.#countOf(networkOf(address));
  }

  /** Resolves when nobody is left. */
  emptied(): Promise<void> {
    if (this.size === 0) return Promise.resolve();
    this.#emptied ??= Promise.withResolvers<void>();
    return this.#emptied.promise;
  }

  add(session: Session): void {
    this.#sessions.set(session.number, session);
    const network = networkOf(session.peer.address);
    this.#networks.set(network, this.#countOf(network) + 1);
  }

  remove(session: Session): void {
    if (!this.#sessions.delete(session.number)) return;
    const network = networkOf(session.peer.address);
    const left = this.#countOf(network) - 1;
    if (left > 0) this.#networks.set(network, left);
    else this.#networks.delete(network);
    if (this.size > 0) return;
    this.#emptied?.resolve();
    this.#emptied = undefined;
  }

  #countOf(network: string): number {
    return this.#networks.get(network) ?? 0;
  }
}
