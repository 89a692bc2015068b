import { flow } from './input-area';
import type { InputArea, Place } from './input-area';

/**
 * What a terminal does to the cursor's line when its window gets another width: `reflow` wraps it
 * anew, the cursor with its character (VTE, kitty, iTerm2, tmux); `keep` leaves its rows as they
 * are and the cursor on its row, in the last column at most (xterm, PuTTY, xterm.js).
 */
export type ResizeKind = 'reflow' | 'keep';

/** Where the cursor may be: its place in the input area as the terminal now shows it. */
interface Guess extends Place {
  readonly kind: ResizeKind;
}

/** Where the cursor may have gone with an input area, since it was drawn, as windows were resized. */
export class CursorDoubt {
  readonly #area: InputArea;
  /** The cells that the cursor may be on, when its line is wrapped anew. */
  readonly #cells: Set<number>;
  #columnsMin: number;
  #guesses: readonly Guess[] = [];

  constructor(area: InputArea) {
    this.#area = area;
    this.#cells = new Set([area.cursorCell]);
    this.#columnsMin = area.columns;
  }

  /** To be called for each new width of the window, in order. */
  resized(columns: number): void {
    this.#columnsMin = Math.min(this.#columnsMin, columns);
    const { cursor } = this.#area;
    const kept = Math.min(cursor.column, this.#columnsMin - 1);
    this.#guesses = [...this.#reflowed(columns), { kind: 'keep', row: cursor.row, column: kept }];
  }

  /** Whether the row of the cursor is the same whatever the terminal did. */
  get isCertain(): boolean {
    return rowsOf(this.#guesses).size === 1;
  }

  /** Whether knowing the cursor's column can help. */
  get isWorthAsking(): boolean {
    return new Set(this.#guesses.map(({ column }) => column)).size > 1;
  }

  /** The kinds of terminal that put the cursor into this column, from 0. */
  kindsFor(column: number): ReadonlySet<ResizeKind> {
    return new Set(this.#at(column).map(({ kind }) => kind));
  }

  /** The row of the cursor in its area: of this kind, and of what this column allows if known. */
  row(kind: ResizeKind, column?: number): number {
    const possible = column === undefined ? this.#guesses : this.#at(column);
    const guess = possible.find((each) => each.kind === kind) ?? possible[0];
    return guess === undefined ? this.row(kind) : guess.row;
  }

  #at(column: number): readonly Guess[] {
    return this.#guesses.filter((guess) => guess.column === column);
  }

  #reflowed(columns: number): Guess[] {
    const { cells, endsOnNewRow } = this.#area;
    const drawn = endsOnNewRow ? [...cells, { text: ' ', width: 1 }] : cells;
    const places = flow(drawn, columns);
    const guesses: Guess[] = [];
    for (const cell of this.#cells) {
      const place = places[cell] ?? this.#area.cursor;
      if (place.column < columns) {
        // A cursor that was kept on the last character is on the second half of a wide one.
        const half = cell === this.#area.cursorCell ? 0 : (drawn[cell]?.width ?? 1) - 1;
        guesses.push({ kind: 'reflow', row: place.row, column: place.column + half });
        continue;
      }
      // Behind a text that fills its row there is no character to go with: some terminals keep
      // the cursor on the last one, others go to the next row.
      guesses.push({ kind: 'reflow', row: place.row + 1, column: 0 });
      guesses.push({ kind: 'reflow', row: place.row, column: columns - 1 });
      this.#cells.add(cell - 1);
    }
    return guesses;
  }
}

function rowsOf(guesses: readonly Guess[]): ReadonlySet<number> {
  return new Set(guesses.map(({ row }) => row));
}
