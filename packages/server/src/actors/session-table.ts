import type { Session } from './session';

/** All connections of this node by number: a table that outlives the actors. */
export class SessionTable {
  readonly #sessions = new Map<number, Session>();
  readonly #addresses = new Map<string, number>();
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

  /** How many come from an address. */
  countFrom(address: string): number {
    return this.#addresses.get(address) ?? 0;
  }

  /** Resolves when nobody is left. */
  emptied(): Promise<void> {
    if (this.size === 0) return Promise.resolve();
    this.#emptied ??= Promise.withResolvers<void>();
    return this.#emptied.promise;
  }

  add(session: Session): void {
    this.#sessions.set(session.number, session);
    const { address } = session.peer;
    this.#addresses.set(address, this.countFrom(address) + 1);
  }

  remove(session: Session): void {
    if (!this.#sessions.delete(session.number)) return;
    const { address } = session.peer;
    const left = this.countFrom(address) - 1;
    if (left > 0) this.#addresses.set(address, left);
    else this.#addresses.delete(address);
    if (this.size > 0) return;
    this.#emptied?.resolve();
    this.#emptied = undefined;
  }
}
