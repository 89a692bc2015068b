export interface HandshakeLimits {
  /** At once; more wait for their turn. */
  readonly runningMax: number;
  /** Of one network: those that wait, those that run, and those that failed of late. */
  readonly perNetworkMax: number;
  /** How long one that failed counts: it has cost the server as much as one that did not. */
  readonly failureMs: number;
}

/** Called once when it is over; whoever is encrypted, or has never begun, has failed nothing. */
export type Finished = (hasFailed: boolean) => void;

/**
 * Handshakes that are not finished: a bounded number at once, the others after them in the order in
 * which they came. So what they cost is bounded, and many people who come back at the same time all
 * get in.
 */
export class Handshakes {
  #running = 0;
  #isBeginning = false;
  readonly #waiting: (() => void)[] = [];
  readonly #networks = new Map<string, number>();

  constructor(private readonly limits: HandshakeLimits) {}

  /**
   * Begins one as soon as it may be. False, and not begun, where its network has as many as it may;
   * where there is none, it counts for none.
   */
  admit(network: string | undefined, begin: (finished: Finished) => void): boolean {
    const ofNetwork = network === undefined ? 0 : (this.#networks.get(network) ?? 0);
    if (ofNetwork >= this.limits.perNetworkMax) return false;
    if (network !== undefined) this.#networks.set(network, ofNetwork + 1);
    this.#waiting.push(() => begin((hasFailed) => this.#finish(network, hasFailed)));
    this.#next();
    return true;
  }

  #finish(network: string | undefined, hasFailed: boolean): void {
    this.#running--;
    if (network !== undefined) {
      if (hasFailed) setTimeout(() => this.#uncount(network), this.limits.failureMs).unref();
      else this.#uncount(network);
    }
    this.#next();
  }

  #uncount(network: string): void {
    const left = (this.#networks.get(network) ?? 0) - 1;
    if (left > 0) this.#networks.set(network, left);
    else this.#networks.delete(network);
  }

  #next(): void {
    // One that is over at once comes back here; nested, thousands of them would fill the stack.
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    while (this.#running < this.limits.runningMax) {
      const begin = this.#waiting.shift();
      if (begin === undefined) break;
      this.#running++;
      begin();
    }
    this.#isBeginning = false;
  }
}
