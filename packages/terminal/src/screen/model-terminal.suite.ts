import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/headless';
import type { ResizeKind } from './cursor-doubt';

/** What xterm.js keeps to itself, and a model of terminals that reflow has to correct. */
interface Internals {
  readonly buffer: {
    x: number;
    y: number;
    ybase: number;
    ydisp: number;
    readonly lines: { pop(): void };
  };
}

/** The line of a terminal that its cursor is in, over as many rows as it is wrapped. */
export interface CursorLine {
  /** How many lines are above it, the scroll-back's included. */
  readonly index: number;
  /** Its first row, counted from the first of the scroll-back. */
  readonly firstRow: number;
}

/**
 * xterm.js without a screen, as a model of what terminals do.
 *
 * By default it is one of those that keep the rows of the cursor's line when resized. Its option
 * `reflowCursorLine` wraps that line anew but only clamps the cursor's column, which no other
 * terminal does; so the model puts the cursor back on its character, as VTE, kitty and tmux do.
 */
export class ModelTerminal {
  readonly #terminal: Terminal;
  readonly #kind: ResizeKind;
  #unwritten = '';

  constructor(columns: number, rows: number, kind: ResizeKind, onReport: (report: string) => void) {
    this.#kind = kind;
    this.#terminal = new Terminal({
      cols: columns,
      rows,
      scrollback: 10_000,
      allowProposedApi: true,
      reflowCursorLine: kind === 'reflow',
    });
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
    this.#terminal.unicode.activeVersion = '15-graphemes';
    this.#terminal.onData(onReport);
  }

  /** Ends what the terminal does in the background. */
  dispose(): void {
    this.#terminal.dispose();
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Takes what has been written; it is processed by the next `flush`. */
  write(text: string): void {
    this.#unwritten += text;
  }

  async flush(): Promise<void> {
    const text = this.#unwritten;
    this.#unwritten = '';
    if (text !== '') await new Promise<void>((resolve) => this.#terminal.write(text, resolve));
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.flush();
    if (this.#kind === 'keep') return this.#terminal.resize(columns, rows);
    const { index } = this.cursorLine();
    const offset = this.#offset();
    this.#leaveForLastRow();
    this.#terminal.resize(columns, rows);
    this.#putCursor(index, offset);
  }

  /** The text of the screen and its scroll-back, by lines: rows that were wrapped are joined. */
  lines(): string[] {
    const lines: string[] = [];
    for (const { text, isWrapped } of this.#rowTexts()) {
      if (isWrapped && lines.length > 0) lines.push((lines.pop() ?? '') + text);
      else lines.push(text);
    }
    return lines.map((line) => line.trimEnd());
  }

  /** The rows of the screen from this one on, counted from the first of the scroll-back. */
  rowsFrom(row: number): string[] {
    return [...this.#rowTexts()].slice(row).map(({ text }) => text.trimEnd());
  }

  /** The cursor's row, counted from the first of the scroll-back, and column, both from 0. */
  cursor(): { row: number; column: number } {
    const { active } = this.#terminal.buffer;
    return { row: active.baseY + active.cursorY, column: active.cursorX };
  }

  /** The first row that is on screen. */
  get top(): number {
    return this.#terminal.buffer.active.baseY;
  }

  cursorLine(): CursorLine {
    const { row } = this.cursor();
    let index = -1;
    let firstRow = 0;
    for (let at = 0; at <= row; at += 1) {
      if (at > 0 && this.#line(at).isWrapped) continue;
      index += 1;
      firstRow = at;
    }
    return { index, firstRow };
  }

  #line(row: number) {
    const line = this.#terminal.buffer.active.getLine(row);
    if (line === undefined) throw new Error(`There is no row ${row}.`);
    return line;
  }

  *#rowTexts(): Generator<{ text: string; isWrapped: boolean }> {
    for (let row = 0; row < this.#terminal.buffer.active.length; row += 1) {
      const { isWrapped } = this.#line(row);
      yield { text: this.#text(row), isWrapped };
    }
  }

  #text(row: number): string {
    const next = this.#terminal.buffer.active.getLine(row + 1);
    const text = this.#line(row).translateToString(next?.isWrapped !== true);
    // The column that a wide character left free when it went to the next row is no text.
    const isGap = next?.isWrapped === true && next.getCell(0)?.getWidth() === 2;
    const isFree =
      this.#line(row)
        .getCell(this.columns - 1)
        ?.getChars() === '';
    return isGap &&
      isFree &&
      this.#line(row)
        .getCell(this.columns - 1)
        ?.getWidth() === 1
      ? text.slice(0, -1)
      : text;
  }

  /** How many cells, without gaps, are before the cursor in its line. */
  #offset(): number {
    const { firstRow } = this.cursorLine();
    const { row, column } = this.cursor();
    let offset = column;
    for (let at = firstRow; at < row; at += 1) offset += this.#cellsOf(at);
    return offset;
  }

  #cellsOf(row: number): number {
    const last = this.#line(row).getCell(this.columns - 1);
    const isGap =
      last?.getChars() === '' &&
      last.getWidth() === 1 &&
      this.#terminal.buffer.active
        .getLine(row + 1)
        ?.getCell(0)
        ?.getWidth() === 2;
    return isGap ? this.columns - 1 : this.columns;
  }

  /**
   * Moves the cursor into the last row of its line. To make room for a line that takes more rows,
   * xterm.js drops those below its cursor, even where they are part of that line.
   */
  #leaveForLastRow(): void {
    const { buffer } = this.#internals();
    while (this.#isWrappedAfter(buffer.ybase + buffer.y)) buffer.y += 1;
  }

  #putCursor(index: number, offset: number): void {
    const { buffer } = this.#internals();
    const { length } = this.#terminal.buffer.active;
    let row = -1;
    let lines = -1;
    while (lines < index && row + 1 < length) {
      row += 1;
      if (row === 0 || !this.#line(row).isWrapped) lines += 1;
    }
    let left = offset;
    while (left >= this.#cellsOf(row) && this.#isWrappedAfter(row)) {
      left -= this.#cellsOf(row);
      row += 1;
    }
    while (row < buffer.ybase) {
      buffer.ybase -= 1;
      buffer.ydisp -= 1;
      buffer.lines.pop();
    }
    buffer.y = row - buffer.ybase;
    buffer.x = Math.min(left, this.columns - 1);
  }

  #internals(): Internals {
    const core: object = Reflect.get(this.#terminal, '_core');
    return Reflect.get(core, '_bufferService');
  }

  #isWrappedAfter(row: number): boolean {
    // xterm.js can keep a row below its screen for a while, which is not part of it.
    if (row + 1 >= this.top + this.rows) return false;
    return this.#terminal.buffer.active.getLine(row + 1)?.isWrapped === true;
  }
}
