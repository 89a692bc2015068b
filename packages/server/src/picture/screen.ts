import type { IBufferCell, Terminal } from '@xterm/headless';
import { paletteColour } from './palette';

/** How a character looks; a colour that is undefined is the terminal's own. */
export interface Style {
  readonly foreground: string | undefined;
  readonly background: string | undefined;
  readonly isInverse: boolean;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
}

/** A character on the screen. */
export interface Cell {
  readonly text: string;
  /** The first of its columns, from 0. */
  readonly column: number;
  /** How many columns it takes: 1, or 2 for a wide one. */
  readonly width: number;
  readonly style: Style;
}

/** What a terminal shows. */
export interface Screen {
  readonly columns: number;
  readonly rows: readonly (readonly Cell[])[];
  /** Where the cursor is, from 0. */
  readonly cursor: { readonly column: number; readonly row: number };
}

/** What is on the screen of a terminal now, without its scroll-back. */
export function readScreen(terminal: Terminal): Screen {
  const { active } = terminal.buffer;
  const rows = Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    return Array.from({ length: terminal.cols }, (__, column) => {
      const cell = line?.getCell(column);
      // The second column of a wide character holds nothing.
      return cell === undefined || cell.getWidth() === 0 ? [] : [cellOf(cell, column)];
    }).flat();
  });
  return {
    columns: terminal.cols,
    rows,
    cursor: { column: active.cursorX, row: active.cursorY },
  };
}

/** The characters of a row, with the blanks at its end. */
export function textOf(row: readonly Cell[]): string {
  return row.map(({ text }) => text).join('');
}

function cellOf(cell: IBufferCell, column: number): Cell {
  return {
    text: cell.getChars() || ' ',
    column,
    width: cell.getWidth(),
    style: {
      foreground: colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
      background: colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
      isInverse: cell.isInverse() !== 0,
      isBold: cell.isBold() !== 0,
      isItalic: cell.isItalic() !== 0,
      isUnderlined: cell.isUnderline() !== 0,
    },
  };
}

function colourOf(isDefault: boolean, isRgb: boolean, colour: number): string | undefined {
  if (isDefault) return undefined;
  return isRgb ? `#${colour.toString(16).padStart(6, '0')}` : paletteColour(colour);
}
