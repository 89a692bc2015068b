import type { Limits } from './domain/limits';

/**
 * What a server that runs can be given anew. The certificate of a listener with TLS belongs here too,
 * once there is one: it would be asked for at each handshake, as limits are where they are kept.
 */
export interface Changeable {
  readonly limits: Partial<Limits>;
  readonly motd: readonly string[];
}

/**
 * The settings that a server which runs can be given anew. Everyone else reads from the same objects
 * all the time, and writes nothing there.
 */
export class LiveSettings {
  readonly #limits: { -readonly [Name in keyof Limits]: Limits[Name] };
  #motd: readonly string[];

  constructor({ limits, motd }: { readonly limits: Limits; readonly motd: readonly string[] }) {
    this.#limits = { ...limits };
    this.#motd = motd;
  }

  /** Always the same object, with what holds now. */
  get limits(): Limits {
    return this.#limits;
  }

  /** Lines shown to whoever logs in. */
  get motd(): readonly string[] {
    return this.#motd;
  }

  /** From now on these hold; limits that are not among them stay. */
  change({ limits, motd }: Changeable): void {
    Object.assign(this.#limits, limits);
    this.#motd = motd;
  }
}
