import { slotOfKey, type OrderLog } from './order-log';
import { StretchFollower } from './stretch-follower';

/** How a follower comes in. */
export interface FollowerOptions {
  /** The slot of the receiver's own lines, if it writes: it gets no copy of those. */
  readonly ownSlot?: number;
  /** It joins while others write, so that its first line is somewhere in the order. */
  readonly joinsLate?: boolean;
}

/**
 * Checks that one receiver sees the lines of its room in the order of all, which is a log that all
 * receivers of a process share. Between its first and its last line nothing may be missing, but
 * where it is told that the server's own log was cut short.
 */
export class OrderFollower {
  readonly #log: OrderLog;
  readonly #ownSlot: number | undefined;
  /** One for each stretch it has been in. */
  readonly #stretches: StretchFollower[];
  #current: StretchFollower;
  /** Lines of a stretch that was cut short that came after the cut, as they had not come before. */
  readonly #late = new Set<number>();
  #duplicated = 0;

  constructor(log: OrderLog, { ownSlot, joinsLate = false }: FollowerOptions = {}) {
    this.#log = log;
    this.#ownSlot = ownSlot;
    this.#current = new StretchFollower(log.stretch(0), joinsLate ? undefined : 0, ownSlot);
    this.#stretches = [this.#current];
  }

  /** Which stretch of the log it is in: how many cuts it was told of. */
  get stretchIndex(): number {
    return this.#stretches.length - 1;
  }

  get duplicated(): number {
    return this.#stretches.reduce((sum, { duplicated }) => sum + duplicated, this.#duplicated);
  }

  get reordered(): number {
    return this.#stretches.reduce((sum, { reordered }) => sum + reordered, 0);
  }

  /** How many lines it was never sent, once it is settled. */
  get lost(): number {
    return this.#stretches.reduce((sum, { lost }) => sum + lost, 0);
  }

  /** A line has come. */
  note(key: number): void {
    if (this.#ownSlot !== undefined && slotOfKey(key) === this.#ownSlot) this.#duplicated++;
    else if (this.#stretches.length === 1 || !this.#isFromBefore(key)) this.#current.note(key);
  }

  /** A line that was shown to others before the log was cut short may come after that. */
  #isFromBefore(key: number): boolean {
    const before = this.#stretches.slice(0, -1);
    if (before.some((stretch) => stretch.hasSeen(key)) || this.#late.has(key)) this.#duplicated++;
    else if (!before.some((stretch) => stretch.knows(key))) return false;
    else this.#late.add(key);
    return true;
  }

  /** The receiver was told that the log was cut short; once more before any line is the same cut. */
  noteCut(): void {
    if (this.stretchIndex > 0 && this.#current.isUntouched) return;
    const stretch = this.#log.stretch(this.#stretches.length);
    this.#current = new StretchFollower(stretch, 0, this.#ownSlot);
    this.#stretches.push(this.#current);
  }

  /**
   * Nothing more comes. Of one who was there to the end, whatever lies behind its last line is
   * missing, and of one who was sent nothing at all what lies behind `from`.
   */
  settle(wasThereToTheEnd: boolean, from = 0): void {
    for (const stretch of this.#stretches) {
      stretch.settle(wasThereToTheEnd && stretch === this.#current, from);
    }
  }

  /** Lines of stretches that were cut short that it saw neither before the cut nor after it. */
  cutShort(): number[] {
    return this.#stretches
      .slice(0, -1)
      .flatMap((stretch) => stretch.rest())
      .filter((key) => !this.#late.has(key));
  }
}
