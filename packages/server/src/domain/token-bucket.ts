/** How much at once, and how much of it comes back each second. Both above 0. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * A token bucket: full at first, it gives `burst` at once and `perSecond` from then on. What is done
 * may cost more than there is, and the debt is waited for, so that whatever costs more than a whole
 * bucket passes as well. In any time t no more than `burst + perSecond * t` passes, and the one last
 * thing that ran into debt.
 *
 * The rate is given anew each time, since it may be changed while the server runs.
 */
export class TokenBucket {
  #tokens: number | undefined;
  #atMs = 0;

  /** What there is; below 0 for a debt. */
  tokens(rate: Rate, nowMs: number): number {
    const { burst, perSecond } = rate;
    if (this.#tokens === undefined) return burst;
    const sinceMs = Math.max(0, nowMs - this.#atMs);
    return Math.min(burst, this.#tokens + (sinceMs * perSecond) / 1_000);
  }

  /** Takes that much, into debt where it must. */
  spend(cost: number, rate: Rate, nowMs: number): void {
    this.#tokens = this.tokens(rate, nowMs) - cost;
    this.#atMs = nowMs;
  }

  /** Takes that much, or all there is. */
  drain(cost: number, rate: Rate, nowMs: number): void {
    const tokens = this.tokens(rate, nowMs);
    this.#tokens = Math.min(tokens, Math.max(0, tokens - cost));
    this.#atMs = nowMs;
  }

  /** Takes that much where it is there; otherwise takes nothing. */
  take(cost: number, rate: Rate, nowMs: number): boolean {
    if (this.tokens(rate, nowMs) < cost) return false;
    this.spend(cost, rate, nowMs);
    return true;
  }

  /** How long until there is something to spend: one token, or all of a bucket that holds less. */
  waitMs(rate: Rate, nowMs: number): number {
    const missing = Math.min(1, rate.burst) - this.tokens(rate, nowMs);
    return missing <= 0 ? 0 : Math.ceil((missing * 1_000) / rate.perSecond);
  }
}
