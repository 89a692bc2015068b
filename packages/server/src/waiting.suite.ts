/** Wakes those who wait for something to become known, bit by bit. */
export class Waiting {
  #wakes: (() => void)[] = [];

  /** Something new is known. */
  wake(): void {
    const wakes = this.#wakes;
    this.#wakes = [];
    for (const wake of wakes) wake();
  }

  /** Waits until what is known is as wanted; fails with what it then is. */
  async until(isAsWanted: () => boolean, whatIs: () => string, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!isAsWanted()) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new Error(whatIs());
      await this.#next(leftMs);
    }
  }

  #next(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => resolve(), withinMs);
    this.#wakes.push(() => {
      clearTimeout(timer);
      resolve();
    });
    return promise;
  }
}
