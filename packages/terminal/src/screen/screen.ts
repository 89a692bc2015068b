import { drawing, erasing, erasingFrom, leaving, updating } from './area-drawing';
import { CursorDoubt } from './cursor-doubt';
import type { ResizeKind } from './cursor-doubt';
import { adoptedArea, layOut } from './input-area';
import type { InputArea } from './input-area';
import type { InputView } from './input-view';
import { screenSizeOf } from './screen-size';
import type { ScreenSize, WindowSize } from './screen-size';

/** What to write before and after finished rows that are printed above an input area. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** How much is held back while a terminal is asked for its cursor; with more it is guessed. */
const heldMax = { operations: 1_000, chars: 65_536 } as const;

/** A terminal that has left so many questions in a row without an answer is not asked again. */
const missedMax = 3;

const nothing: Around = { before: '', after: '' };

/**
 * A terminal's screen: rows that have been printed, and below them the input area, which is redrawn
 * as they come. Neither the alternate screen nor a scroll region is used, so what has been printed
 * scrolls back as in any terminal.
 *
 * Everything is written through one function, in order, with no clock: who owns the screen limits
 * by `giveUpWaiting` how long a terminal may take to say where its cursor is.
 *
 * Out of reach is what leaves the window: when it is made so small that the area no longer fits,
 * the rows of it that were scrolled out stay in the scroll-back. So does what was drawn for a width
 * that the window no longer had when it arrived. A terminal that reflows its cursor's line without
 * taking the cursor along (xterm.js with `reflowCursorLine`) is taken for one that does not touch it.
 */
export class Screen {
  readonly #write: (text: string) => void;
  #size: ScreenSize;
  #view: InputView | undefined;
  /** The area for the view and the size, while both are the same. */
  #laidOut: InputArea | undefined;
  /** The area as it stands on the screen; undefined when it is erased. */
  #drawn: InputArea | undefined;
  /** Columns that someone else has used, while they have not been drawn over. */
  #adopted: number | undefined;
  #around: Around | undefined;

  #doubt: CursorDoubt | undefined;
  #kind: ResizeKind | undefined;
  /** Questions whose answers may still come, whether anyone waits for them or not. */
  #unanswered = 0;
  #missed = 0;
  #isAnswerStale = false;
  #held: (() => void)[] = [];
  #heldChars = 0;

  constructor(write: (text: string) => void, size: WindowSize) {
    this.#write = write;
    this.#size = screenSizeOf(size);
  }

  /** Whether everything is held back until `cursorReported` or `giveUpWaiting`. */
  get isWaiting(): boolean {
    return this.#doubt !== undefined;
  }

  /** What the input area shows from now on; an area that is erased is drawn by `settle`. */
  show(view: InputView): void {
    if (this.#holds(() => this.show(view), view.text.length)) return;
    this.#view = view;
    this.#laidOut = undefined;
    if (this.#drawn !== undefined) this.#draw(view);
  }

  /**
   * Prints finished rows: each narrower than the window and ended with CR LF, as `renderLine` makes
   * them. The area is erased before them and stays so until `settle`, so that many of them cost one
   * redraw.
   */
  print(rendered: string): void {
    if (rendered === '') return;
    if (this.#holds(() => this.print(rendered), rendered.length)) return;
    this.#write(this.#erased() + rendered);
  }

  /** Draws the area if it is erased. */
  settle(): void {
    if (this.#holds(() => this.settle(), 0)) return;
    if (this.#view !== undefined && this.#drawn === undefined) this.#draw(this.#view);
  }

  /**
   * What has to be written around finished rows, for a fan-out whose rows are shared by many
   * screens: `before`, the rows, `after`, with nothing of this screen between them, does what
   * `print` and `settle` do while the area is drawn. The screen then stands as it stood, so it need
   * not be told. The same object is returned while that is true.
   *
   * While the area is erased both are empty, and `settle` is still to come. Undefined means that
   * the rows have to go through `print`, since the screen waits or has only been adopted.
   */
  around(): Around | undefined {
    if (this.isWaiting || this.#adopted !== undefined) return undefined;
    if (this.#drawn === undefined) return nothing;
    this.#around ??= { before: erasing(this.#drawn), after: drawing(this.#drawn) };
    return this.#around;
  }

  /**
   * Leaves what the area shows where it is, and the cursor on a new row; or with `row`, leaves that
   * finished row in its place. There is no area until the next `show`.
   */
  commit(row?: string): void {
    if (this.#holds(() => this.commit(row), row?.length ?? 0)) return;
    if (row !== undefined) {
      this.print(row);
    } else {
      this.settle();
      if (this.#drawn !== undefined) this.#write(leaving(this.#drawn));
    }
    this.#forget();
  }

  /** Erases the area and leaves nothing of it. There is no area until the next `show`. */
  discard(): void {
    if (this.#holds(() => this.discard(), 0)) return;
    const erase = this.#erased();
    if (erase !== '') this.#write(erase);
    this.#forget();
  }

  /** Clears the screen and draws the area in its first row. The scroll-back stays. */
  clear(): void {
    if (this.#holds(() => this.clear(), 0)) return;
    // Some terminals move what they clear into the scroll-back, where no input area belongs.
    this.#write(`${this.#erased()}\x1b[H\x1b[2J`);
    this.settle();
  }

  /** Rings the terminal's bell, even while everything else is held back. */
  bell(): void {
    this.#write('\x07');
  }

  /** Takes over a row that so many columns of are in use already: they go with the first drawing. */
  adopt(columnsUsed: number): void {
    this.#adopted = columnsUsed;
    this.#place(adoptedArea(columnsUsed, this.#size.columns));
  }

  /**
   * Draws anew for another size. When it cannot be known what the terminal did to the cursor, the
   * terminal is asked, and what comes meanwhile is held back: see `isWaiting`.
   */
  resize(size: WindowSize): void {
    this.#size = screenSizeOf(size);
    this.#laidOut = undefined;
    if (this.#adopted !== undefined) return this.adopt(this.#adopted);
    if (this.#doubt === undefined && this.#drawn === undefined) return;
    const isAsked = this.#doubt !== undefined;
    this.#doubt ??= this.#drawn && new CursorDoubt(this.#drawn);
    this.#doubt?.resized(this.#size.columns);
    if (this.#doubt?.isCertain) return this.#resolve();
    if (isAsked) this.#isAnswerStale = true;
    else this.#ask();
  }

  /**
   * The terminal's answer to CSI 6 n, from 1. One that nobody waits for is ignored. The row says
   * nothing, since it is not known in which row of the window the area began.
   */
  cursorReported(_row: number, column: number): void {
    if (this.#unanswered === 0) return;
    this.#unanswered -= 1;
    this.#missed = 0;
    if (this.#unanswered > 0 || this.#doubt === undefined) return;
    if (this.#isAnswerStale) return this.#ask();
    const kinds = this.#doubt.kindsFor(column - 1);
    const [kind] = kinds;
    if (kinds.size === 1) this.#kind = kind;
    this.#resolve(column - 1);
  }

  /** Waits no longer: the terminal is taken for what it was before, or for one that reflows. */
  giveUpWaiting(): void {
    if (this.#doubt === undefined) return;
    this.#missed += 1;
    this.#resolve();
  }

  #ask(): void {
    this.#isAnswerStale = false;
    if (this.#missed >= missedMax || this.#doubt?.isWorthAsking !== true) return this.#resolve();
    this.#unanswered += 1;
    this.#write('\x1b[6n');
  }

  #resolve(column?: number): void {
    if (this.#doubt === undefined) return;
    this.#write(erasingFrom(this.#doubt.row(this.#kind ?? 'reflow', column)));
    this.#doubt = undefined;
    this.#place(undefined);
    const held = this.#held;
    this.#held = [];
    this.#heldChars = 0;
    for (const operation of held) operation();
    this.settle();
  }

  #holds(operation: () => void, chars: number): boolean {
    if (this.#doubt === undefined) return false;
    this.#heldChars += chars;
    this.#held.push(operation);
    const isTooMuch = this.#held.length > heldMax.operations || this.#heldChars > heldMax.chars;
    if (isTooMuch) this.giveUpWaiting();
    return true;
  }

  #draw(view: InputView): void {
    this.#laidOut ??= layOut(view, this.#size);
    const next = this.#laidOut;
    const text = this.#drawn === undefined ? drawing(next) : updating(this.#drawn, next);
    this.#adopted = undefined;
    this.#place(next);
    if (text !== '') this.#write(text);
  }

  #erased(): string {
    if (this.#drawn === undefined) return '';
    const erase = erasing(this.#drawn);
    this.#adopted = undefined;
    this.#place(undefined);
    return erase;
  }

  #forget(): void {
    this.#view = undefined;
    this.#adopted = undefined;
    this.#place(undefined);
  }

  #place(area: InputArea | undefined): void {
    this.#drawn = area;
    this.#around = undefined;
  }
}
