/** What would have ended the process: exceptions and rejections that nobody has handled. */
export class Faults {
  #faults: Error[] = [];
  readonly #note = (reason: unknown): void => {
    this.#faults.push(reason instanceof Error ? reason : new Error(String(reason)));
  };

  constructor() {
    process.on('uncaughtException', this.#note);
    process.on('unhandledRejection', this.#note);
  }

  /** What there was since it was asked last. */
  take(): Error | undefined {
    const [first, ...others] = this.#faults;
    this.#faults = [];
    if (first === undefined) return undefined;
    const count = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return new Error(`Unhandled: ${first.message}${count}`, { cause: first });
  }

  close(): void {
    process.off('uncaughtException', this.#note);
    process.off('unhandledRejection', this.#note);
  }
}
