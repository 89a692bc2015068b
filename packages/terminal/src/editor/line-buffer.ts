import { CharacterBoundaries } from './character-boundaries';
import { utf8Bytes } from './utf8-bytes';

/** A text with a cursor in it, such as one to go back to. */
export interface TextAtCursor {
  readonly text: string;
  /** An index into the text, between two characters as a person sees them. */
  readonly cursor: number;
}

/** What a word is made of: readline has one kind for its moves, and another for ^W. */
export type WordKind = 'letters' | 'unspaced';

const wordCharacter: Record<WordKind, RegExp> = {
  letters: /^[\p{L}\p{N}]/u,
  unspaced: /^\S/u,
};

/**
 * One line that is being written, in at most `bytesMax` bytes of UTF-8. Its cursor is never inside
 * of what a person sees as one character (UAX #29): when an edit joins what stands left and right
 * of the cursor, it goes behind both. What cannot be done leaves the line as it is.
 */
export class LineBuffer implements TextAtCursor {
  text = '';
  cursor = 0;

  constructor(private readonly bytesMax: number) {}

  get isAtEnd(): boolean {
    return this.cursor === this.text.length;
  }

  /** Whether no character as a person sees it lies across this place. */
  isBoundary(at: number): boolean {
    return this.boundaries().atOrAfter(at) === at;
  }

  /** Replaces [start, end) and puts the cursor behind; false if it would not fit. */
  replace(start: number, end: number, by: string): boolean {
    const text = this.text.slice(0, start) + by + this.text.slice(end);
    if (by.length > end - start && utf8Bytes(text) > this.bytesMax) return false;
    this.text = text;
    this.cursor = this.boundaries().atOrAfter(start + by.length);
    return true;
  }

  insert(text: string): boolean {
    return this.replace(this.cursor, this.cursor, text);
  }

  set({ text, cursor }: TextAtCursor): boolean {
    if (!this.replace(0, this.text.length, text)) return false;
    this.cursor = this.boundaries().atOrAfter(cursor);
    return true;
  }

  clear(): void {
    this.text = '';
    this.cursor = 0;
  }

  /** False if it was there already. */
  moveTo(cursor: number): boolean {
    const hasMoved = this.cursor !== cursor;
    this.cursor = cursor;
    return hasMoved;
  }

  /** What stood between the cursor and there, and is gone now. */
  removeTo(there: number): string {
    const start = Math.min(this.cursor, there);
    const end = Math.max(this.cursor, there);
    const removed = this.text.slice(start, end);
    this.replace(start, end, '');
    return removed;
  }

  left(): number {
    return this.boundaries().before(this.cursor);
  }

  right(): number {
    return this.boundaries().after(this.cursor);
  }

  /** Where the word begins that the cursor is in, or else the one before. */
  wordLeft(kind: WordKind): number {
    const boundaries = this.boundaries();
    let isInWord = false;
    let at = this.cursor;
    while (at > 0) {
      const start = boundaries.before(at);
      const isWord = wordCharacter[kind].test(this.text.slice(start, at));
      if (isInWord && !isWord) break;
      isInWord = isWord;
      at = start;
    }
    return at;
  }

  /** Where the word of letters and digits ends that the cursor is in, or else the next one. */
  wordRight(): number {
    const boundaries = this.boundaries();
    let isInWord = false;
    let at = this.cursor;
    while (at < this.text.length) {
      const end = boundaries.after(at);
      const isWord = wordCharacter.letters.test(this.text.slice(at, end));
      if (isInWord && !isWord) break;
      isInWord = isWord;
      at = end;
    }
    return at;
  }

  /**
   * Swaps the character before the cursor with the one behind it, and steps behind both; at the
   * line's end it swaps the last two. False if there are no two.
   */
  transpose(): boolean {
    const { text } = this;
    const middle = this.isAtEnd ? this.left() : this.cursor;
    if (middle === 0) return false;
    const start = this.boundaries().before(middle);
    const end = this.boundaries().after(middle);
    return this.replace(start, end, text.slice(middle, end) + text.slice(start, middle));
  }

  private boundaries(): CharacterBoundaries {
    return new CharacterBoundaries(this.text);
  }
}
