interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Numbers that were skipped and have not come since, kept as ranges: a server that loses a million
 * lines in a row costs one entry.
 */
export class MissingNumbers {
  #ranges: Range[] = [];

  /** Notes that all of `first` to `last` are missing; they must lie behind all noted before. */
  add(first: number, last: number): void {
    this.#ranges.push({ first, last });
  }

  /** Takes out `number`, which has come late; false if it was not missing. */
  remove(number: number): boolean {
    const index = this.#ranges.findIndex(({ first, last }) => first <= number && number <= last);
    const range = this.#ranges[index];
    if (range === undefined) return false;
    const rest = [
      { first: range.first, last: number - 1 },
      { first: number + 1, last: range.last },
    ].filter(({ first, last }) => first <= last);
    this.#ranges.splice(index, 1, ...rest);
    return true;
  }

  /** How many numbers are missing. */
  get count(): number {
    return this.#ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }
}
