const numbersMax = 2 ** 24;

/** One line of one writer: the writer's slot and the line's number, which is below 2^24. */
export function lineKey(slot: number, sequence: number): number {
  return slot * numbersMax + sequence;
}

/** The slot in a line's key. */
export function slotOfKey(key: number): number {
  return Math.floor(key / numbersMax);
}

/** The number in a line's key. */
export function sequenceOfKey(key: number): number {
  return key % numbersMax;
}

/** One stretch of the order in which a room's lines were seen. */
export class OrderStretch {
  readonly keys: number[] = [];
  readonly #places = new Map<number, number>();

  /** Notes that a line comes next. */
  push(key: number): void {
    this.#places.set(key, this.keys.length);
    this.keys.push(key);
  }

  /** Where in this stretch a line is. */
  placeOf(key: number): number | undefined {
    return this.#places.get(key);
  }
}

/**
 * The one order of a room's lines, as whoever was first to see each of them saw it.
 *
 * It has one stretch, and another behind each place at which members were told that the log was cut
 * short: what one member was shown before that and what another was need not agree.
 */
export class OrderLog {
  readonly #stretches: OrderStretch[] = [];

  /** A stretch, from 0; there is always one more. */
  stretch(index: number): OrderStretch {
    const known = this.#stretches[index];
    if (known !== undefined) return known;
    const stretch = new OrderStretch();
    this.#stretches[index] = stretch;
    return stretch;
  }

  /** All lines that anyone has seen, stretch after stretch. */
  seen(): number[] {
    return [...new Set(this.#stretches.flatMap(({ keys }) => keys))];
  }
}
