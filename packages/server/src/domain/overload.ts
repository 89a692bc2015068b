import type { Limits } from './limits';

/** No moment counts for more than this: one long pause, of a machine that slept, is no overload. */
const elapsedMsMax = 300;
/** How long what was counts. */
const memoryMs = 1_000;

/**
 * Whether the server has more to do than it can, by how late it comes to what it had planned. It is
 * so when it has been late on average for about two seconds, and not any more when it is nearly on
 * time again for as long.
 */
export class Overload {
  isOverloaded = false;
  #latenessMs = 0;
  #atMs = 0;

  constructor(private readonly limits: Limits) {}

  /** It came to something that late; the answer is whether that changes anything. */
  note(latenessMs: number, nowMs: number): boolean {
    const { latenessMaxMs } = this.limits;
    const elapsedMs = Math.min(nowMs - this.#atMs, elapsedMsMax);
    this.#atMs = nowMs;
    const weight = 1 - Math.exp(-elapsedMs / memoryMs);
    const counted = Math.min(Math.max(0, latenessMs), 2 * latenessMaxMs);
    this.#latenessMs += (counted - this.#latenessMs) * weight;
    const isOverloaded = this.isOverloaded
      ? this.#latenessMs > latenessMaxMs / 4
      : this.#latenessMs > latenessMaxMs;
    const hasChanged = isOverloaded !== this.isOverloaded;
    this.isOverloaded = isOverloaded;
    return hasChanged;
  }
}
