/** Since when those have been gone who may come back. */
export class Absences {
  #sinceMs: ReadonlyMap<string, number> = new Map();

  /** Whether somebody was gone when it was last looked. */
  has(key: string): boolean {
    return this.#sinceMs.has(key);
  }

  /** Takes note of who is gone now; answers who has been for `forMs`, at most `countMax`. */
  note(gone: Iterable<string>, nowMs: number, forMs: number, countMax: number): readonly string[] {
    const before = this.#sinceMs;
    this.#sinceMs = new Map(Array.from(gone, (key) => [key, before.get(key) ?? nowMs]));
    return [...this.#sinceMs]
      .filter(([, sinceMs]) => nowMs - sinceMs >= forMs)
      .slice(0, countMax)
      .map(([key]) => key);
  }
}
