type Cleanup = () => unknown;

/** What must be undone at the end, whatever happened: the last first. */
export class Cleanups {
  readonly #cleanups: Cleanup[] = [];
  #over = false;

  /** @throws when the end has come already, so that nothing is begun behind it. */
  add(cleanup: Cleanup): void {
    if (this.#over) throw new Error('this is over: nothing more is begun');
    this.#cleanups.push(cleanup);
  }

  /** Undoes everything. @throws the first failure, when all has been tried. */
  async run(): Promise<void> {
    this.#over = true;
    const failures: unknown[] = [];
    for (const cleanup of this.#cleanups.splice(0).toReversed()) {
      try {
        await cleanup();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
