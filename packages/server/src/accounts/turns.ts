/** Does so many things at once at the most; a bounded number wait, and one more is turned away. */
export class Turns {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly runningMax: number,
    private readonly waitingMax: number,
  ) {}

  async run<Value>(task: () => Promise<Value>): Promise<Value | 'busy'> {
    if (this.#running >= this.runningMax) {
      if (this.#waiting.length >= this.waitingMax) return 'busy';
      // Whoever ends hands over their place.
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
