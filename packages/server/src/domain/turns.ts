import type { Rate } from './token-bucket';

/**
 * Turns of work that many share, at a rate: whoever asks gets the next one that nobody has, so that all
 * come on in the order in which they ask (a virtual schedule, as in the GCRA of ITU-T I.371). After a
 * pause a burst of them may begin at once.
 */
export class Turns {
  #nextAtMs = 0;

  /** When a turn of so much work may begin, now or later; it is taken. */
  take(work: number, { burst, perSecond }: Rate, nowMs: number): number {
    const earliestMs = nowMs - (burst * 1_000) / perSecond;
    const atMs = Math.max(this.#nextAtMs, earliestMs);
    this.#nextAtMs = atMs + (work * 1_000) / perSecond;
    return Math.max(atMs, nowMs);
  }
}
