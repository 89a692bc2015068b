/** Before whom others go: nobody, or all of normal priority (OTP: process_flag(priority, low)). */
export type Priority = 'normal' | 'low';

/** What actors of low priority take of a turn of the event loop, together. */
const shareMs = 2;
/** How many of those who wait are given a turn: more than fit wake up for nothing. */
const atOnceMax = 16;

/**
 * When actors of low priority run: in the order they were woken up in, for a share of each turn of
 * the event loop. However many wake up at once, a message for others waits no longer than that
 * share for them; and a share of each turn is theirs, so they come to theirs as well. One that has
 * begun is not interrupted.
 */
export class LowPriority {
  #waiting: (() => void)[] = [];
  /** Those who woke up and did not fit: before all who wait. */
  #tooLate: (() => void)[] = [];
  #spentMs = 0;
  #isCounting = false;

  /** Has `wake` called when it is its turn: now, where nobody waits. */
  queue(wake: () => void): void {
    if (this.#waiting.length === 0 && this.#tooLate.length === 0) wake();
    else this.#waiting.push(wake);
  }

  /** Runs it, or has `wake` called in another turn, where what there is of this one is spent. */
  run(run: () => void, wake: () => void): void {
    this.#count();
    if (this.#spentMs >= shareMs) {
      this.#tooLate.push(wake);
      return;
    }
    const beganAtMs = performance.now();
    run();
    this.#spentMs += performance.now() - beganAtMs;
  }

  #count(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    setImmediate(() => this.#nextTurn());
  }

  #nextTurn(): void {
    this.#isCounting = false;
    this.#spentMs = 0;
    if (this.#tooLate.length > 0) this.#waiting = this.#tooLate.splice(0).concat(this.#waiting);
    if (this.#waiting.length === 0) return;
    for (const wake of this.#waiting.splice(0, atOnceMax)) wake();
    this.#count();
  }
}
