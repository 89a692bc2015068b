import { sequenceMax } from '../wire/counted-line';
import { MissingNumbers } from './missing-numbers';
import { noFaults, type Faults } from './faults';

// Any larger last number would do: an own line is then always one that has come already.
const ownLines = 0xffff_ffff;

/**
 * Checks what one receiver gets of the writers of its room: from each of them 1, 2, 3, … without a
 * gap, a repetition or a step back.
 *
 * Writers are told by their slot, from 0. `ownSlot` is the receiver's own, if it writes too and has no
 * terminal: such authors get no copy of their lines, so one that comes is a duplicate.
 */
export class ReceiverCheck {
  readonly #last: Uint32Array;
  readonly #missing = new Map<number, MissingNumbers>();
  readonly #ownSlot: number | undefined;
  #duplicated = 0;
  #reordered = 0;
  #damaged = 0;
  #received = 0;
  #orderHash = 0;

  constructor(writers: number, ownSlot?: number) {
    this.#last = new Uint32Array(writers);
    this.#ownSlot = ownSlot;
    if (ownSlot !== undefined) this.#last[ownSlot] = ownLines;
  }

  /** A line has come. */
  note(slot: number, sequence: number): void {
    const last = this.#last[slot];
    if (last !== undefined && sequence === last + 1) {
      this.#last[slot] = sequence;
      this.#received++;
      // FNV-1a over (writer, number): equal hashes mean that two receivers saw one order.
      const line = Math.imul(sequence, 0x9e37_79b1) + slot;
      this.#orderHash = Math.imul(this.#orderHash ^ line, 0x0100_0193);
    } else {
      this.#noteUnexpected(slot, sequence, last);
    }
  }

  /** A line has come that is no whole counted line, though it began as one. */
  noteDamaged(): void {
    this.#damaged++;
  }

  #noteUnexpected(slot: number, sequence: number, last: number | undefined): void {
    if (last === undefined || !(sequence >= 1 && sequence <= sequenceMax)) {
      this.#damaged++;
    } else if (sequence > last) {
      this.#missingOf(slot).add(last + 1, sequence - 1);
      this.#last[slot] = sequence;
      this.#received++;
    } else if (this.#missing.get(slot)?.remove(sequence) === true) {
      this.#reordered++;
      this.#received++;
    } else {
      this.#duplicated++;
    }
  }

  #missingOf(slot: number): MissingNumbers {
    const known = this.#missing.get(slot);
    if (known !== undefined) return known;
    const missing = new MissingNumbers();
    this.#missing.set(slot, missing);
    return missing;
  }

  /** Lines that have come, each counted once. */
  get received(): number {
    return this.#received;
  }

  /** The same for two receivers that got the same lines in the same order. */
  get orderHash(): number {
    return this.#orderHash;
  }

  /** How many lines should have come, when the writer of each slot has sent `sent[slot]`. */
  expected(sent: readonly number[]): number {
    return sent.reduce((sum, count, slot) => (slot === this.#ownSlot ? sum : sum + count), 0);
  }

  /** What was wrong, when the writer of each slot has sent `sent[slot]` lines in all. */
  faults(sent: readonly number[]): Faults {
    let lost = 0;
    let invented = 0;
    for (const [slot, count] of sent.entries()) {
      if (slot === this.#ownSlot) continue;
      const last = this.#last[slot] ?? 0;
      lost += Math.max(0, count - last) + (this.#missing.get(slot)?.count ?? 0);
      invented += Math.max(0, last - count);
    }
    return {
      ...noFaults,
      lost,
      duplicated: this.#duplicated,
      reordered: this.#reordered,
      damaged: this.#damaged + invented,
    };
  }
}
