/** Fewer than these take no memory worth giving back. */
const crowdMin = 500;
/** So long must they be gone, since many of them may come back. */
const goneForMs = 10_000;
/** What follows stops the server for a tenth of a second. */
const everyMs = 5 * 60_000;

/** Sees when a crowd has gone: at least half of those who were there, and not a few. */
export class Ebb {
  #peak = 0;
  #goneSinceMs: number | undefined;
  #seenAtMs = -Infinity;

  /** To be told every few seconds how many there are; true once for a crowd, when it has gone. */
  note(count: number, nowMs: number): boolean {
    this.#peak = Math.max(this.#peak, count);
    const gone = this.#peak - count;
    const isGone = gone >= crowdMin && gone >= this.#peak / 2;
    this.#goneSinceMs = isGone ? (this.#goneSinceMs ?? nowMs) : undefined;
    if (this.#goneSinceMs === undefined || nowMs - this.#goneSinceMs < goneForMs) return false;
    if (nowMs - this.#seenAtMs < everyMs) return false;
    this.#seenAtMs = nowMs;
    this.#peak = count;
    this.#goneSinceMs = undefined;
    return true;
  }
}
