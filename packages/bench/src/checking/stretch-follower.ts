import { slotOfKey, type OrderStretch } from './order-log';

/**
 * Checks what one receiver sees of one stretch of its room's order: each line is the one behind the
 * last, or is the first to be seen by anyone and becomes the next.
 */
export class StretchFollower {
  readonly #stretch: OrderStretch;
  readonly #ownSlot: number | undefined;
  /** Where in the stretch the next line is; none before the first line of one who joined late. */
  #place: number | undefined;
  /** What cannot be judged before someone else has seen it. */
  readonly #queue: number[] = [];
  readonly #missing = new Set<number>();
  duplicated = 0;
  reordered = 0;

  /** `place`: where it begins; none if its first line is somewhere in the order. */
  constructor(stretch: OrderStretch, place: number | undefined, ownSlot: number | undefined) {
    this.#stretch = stretch;
    this.#place = place;
    this.#ownSlot = ownSlot;
  }

  /** How many lines it was never sent, once it is settled. */
  get lost(): number {
    return this.#missing.size;
  }

  /** Whether nothing of it has been seen. */
  get isUntouched(): boolean {
    return this.#place === 0 && this.#queue.length === 0;
  }

  /** Whether a line has been seen here, as far as is known. */
  hasSeen(key: number): boolean {
    if (this.#queue.includes(key)) return true;
    const place = this.#stretch.placeOf(key);
    return place !== undefined && place < (this.#place ?? 0) && !this.#missing.has(key);
  }

  /** Whether a line is in the order here, by whomever it was seen. */
  knows(key: number): boolean {
    return this.#stretch.placeOf(key) !== undefined;
  }

  /** A line has come. */
  note(key: number): void {
    if (this.#queue.length === 0 && this.#take(key)) return;
    this.#queue.push(key);
    this.#drain();
  }

  /**
   * Nothing more comes. Of one who was there to the end of the stretch, whatever lies behind its
   * last line is missing, and of one who was sent nothing at all what lies behind `from`.
   */
  settle(wasThereToTheEnd: boolean, from: number): void {
    this.#drain();
    for (const key of this.#queue.splice(0)) {
      if (this.#place === undefined || !this.knows(key)) this.reordered++;
      else this.#noteUnexpected(key, this.#place);
    }
    if (wasThereToTheEnd) this.#skipTo(this.#place ?? from, this.#stretch.keys.length);
  }

  /** What lies behind its last line, once it is settled. */
  rest(): number[] {
    return this.#stretch.keys.slice(this.#place ?? 0).filter((key) => !this.#isOwn(key));
  }

  #isOwn(key: number): boolean {
    return this.#ownSlot !== undefined && slotOfKey(key) === this.#ownSlot;
  }

  #drain(): void {
    let taken = 0;
    for (const key of this.#queue) {
      if (!this.#take(key)) break;
      taken++;
    }
    if (taken > 0) this.#queue.splice(0, taken);
  }

  /** False if it cannot be judged yet. */
  #take(key: number): boolean {
    const { keys } = this.#stretch;
    if (this.#place === undefined) {
      const first = this.#stretch.placeOf(key);
      if (first !== undefined) this.#place = first + 1;
      return first !== undefined;
    }
    const place = this.#passOver(this.#place);
    this.#place = place;
    if (keys[place] === key) {
      this.#place = place + 1;
    } else if (this.knows(key)) {
      this.#noteUnexpected(key, place);
    } else if (this.#ownSlot === undefined) {
      // Whatever others were shown here, this one lacks.
      this.#skipTo(place, keys.length);
      this.#stretch.push(key);
      this.#place = keys.length;
    } else {
      // Who writes does not know where its own lines are: others must tell.
      return false;
    }
    return true;
  }

  /** The first place from `from` on whose line is not its own. */
  #passOver(from: number): number {
    if (this.#ownSlot === undefined) return from;
    const { keys } = this.#stretch;
    let place = from;
    while (slotOfKey(keys[place] ?? -1) === this.#ownSlot) place++;
    return place;
  }

  #skipTo(from: number, to: number): void {
    for (let place = from; place < to; place++) {
      const key = this.#stretch.keys[place];
      if (key !== undefined && !this.#isOwn(key)) this.#missing.add(key);
    }
    this.#place = to;
  }

  /** A line that others have seen, at another place. */
  #noteUnexpected(key: number, place: number): void {
    const actual = this.#stretch.placeOf(key) ?? 0;
    if (actual >= place) {
      this.#skipTo(place, actual);
      this.#place = actual + 1;
    } else if (this.#missing.delete(key)) {
      this.reordered++;
    } else {
      this.duplicated++;
    }
  }
}
