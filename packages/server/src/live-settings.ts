import type { Limits } from './domain/limits';
import type { Certificate } from './transports/certificate';

/** What a server that runs can be given anew. */
export interface Changeable {
  readonly limits: Partial<Limits>;
  readonly motd: readonly string[];
  /** As it was when not given. */
  readonly certificate?: Certificate | undefined;
}

/**
 * The settings that a server which runs can be given anew. Everyone else reads from the same objects
 * all the time, and writes nothing there.
 */
export class LiveSettings {
  readonly #limits: { -readonly [Name in keyof Limits]: Limits[Name] };
  #motd: readonly string[];
  #certificate: Certificate | undefined;

  constructor({ limits, motd, certificate }: Changeable & { readonly limits: Limits }) {
    this.#limits = { ...limits };
    this.#motd = motd;
    this.#certificate = certificate;
  }

  /** Always the same object, with what holds now. */
  get limits(): Limits {
    return this.#limits;
  }

  /** Lines shown to whoever logs in. */
  get motd(): readonly string[] {
    return this.#motd;
  }

  /** What a port with TLS shows; asked for at each handshake. */
  get certificate(): Certificate | undefined {
    return this.#certificate;
  }

  /** From now on these hold; limits that are not among them stay. */
  change({ limits, motd, certificate }: Changeable): void {
    Object.assign(this.#limits, limits);
    this.#motd = motd;
    this.#certificate = certificate ?? this.#certificate;
  }
}
