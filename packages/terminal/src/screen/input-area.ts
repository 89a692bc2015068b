import { sanitizeText } from '@chat-server/protocol';
import { graphemesOf } from '../text-width';
import type { Grapheme } from '../text-width';
import type { InputView } from './input-view';
import type { ScreenSize } from './screen-size';

/** A cell of the input area, from 0; a column as large as the window means a row that is full. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * The input area as it stands on a screen: characters that flow from row to row by the terminal's
 * own autowrap, and the cursor among them.
 */
export interface InputArea {
  readonly columns: number;
  /** How many rows it takes, the cursor's included. */
  readonly rows: number;
  readonly cells: readonly Grapheme[];
  /** Where each cell stands, and last where the text ends. */
  readonly places: readonly Place[];
  /** The cell that the cursor is on; as many as there are cells when it is behind the text. */
  readonly cursorCell: number;
  readonly cursor: Place;
  /** Whether the text fills its last row and the cursor stands on a row of its own below. */
  readonly endsOnNewRow: boolean;
}

/**
 * Lays out a prompt and a text for a window. At least one row is left to what is printed, if the
 * window has two; of a text with more rows, those around the cursor are shown.
 *
 * What could act on a terminal is taken out, and what has no width of its own is not drawn, since
 * terminals disagree on what it does to the cursor.
 */
export function layOut(view: InputView, size: ScreenSize): InputArea {
  const prompt = sanitizeText(view.prompt);
  const text = sanitizeText(view.text);
  const cursorAt = prompt.length + sanitizeText(view.text.slice(0, view.cursor)).length;
  const cells: Grapheme[] = [];
  let cursorCell = 0;
  let at = 0;
  for (const grapheme of graphemesOf(prompt + text)) {
    if (grapheme.width > 0) {
      if (at < cursorAt) cursorCell += 1;
      cells.push(grapheme);
    }
    at += grapheme.text.length;
  }
  return rowsAround(areaOf(cells, cursorCell, size.columns), Math.max(size.rows - 1, 1));
}

/** Where cells stand when they flow over rows of so many columns, and last where they end. */
export function flow(cells: readonly Grapheme[], columns: number): Place[] {
  const places: Place[] = [];
  let row = 0;
  let column = 0;
  for (const { width } of cells) {
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    places.push({ row, column });
    column += width;
  }
  places.push({ row, column });
  return places;
}

/** What stands on the cursor's row already, written by someone else, for instance `Login:`. */
export function adoptedArea(columnsUsed: number, columns: number): InputArea {
  // NUL equals no character that is ever drawn, so that the first drawing replaces all of it.
  const cells = Array.from({ length: columnsUsed }, () => ({ text: '\0', width: 1 }));
  const places = flow(cells, columns);
  const cursor = places.at(-1) ?? { row: 0, column: 0 };
  return {
    columns,
    rows: cursor.row + 1,
    cells,
    places,
    cursorCell: columnsUsed,
    cursor,
    endsOnNewRow: false,
  };
}

function areaOf(cells: readonly Grapheme[], cursorCell: number, columns: number): InputArea {
  const places = flow(cells, columns);
  const end = places.at(-1) ?? { row: 0, column: 0 };
  const place = places[cursorCell] ?? end;
  const endsOnNewRow = place.column >= columns;
  const cursor = endsOnNewRow ? { row: place.row + 1, column: 0 } : place;
  const rows = Math.max(end.row, cursor.row) + 1;
  return { columns, rows, cells, places, cursorCell, cursor, endsOnNewRow };
}

function rowsAround(area: InputArea, rowsMax: number): InputArea {
  if (area.rows <= rowsMax) return area;
  const above = area.cursor.row - Math.floor((rowsMax - 1) / 2);
  const top = Math.min(Math.max(above, 0), area.rows - rowsMax);
  const isShown = (_cell: Grapheme, index: number): boolean => {
    const row = area.places[index]?.row ?? 0;
    return row >= top && row < top + rowsMax;
  };
  const hidden = area.places.findIndex(({ row }) => row >= top);
  const cells = area.cells.filter(isShown);
  // A row for the cursor alone has no cells; it is all that a window of one row then shows.
  const cursorCell = cells.length === 0 ? 0 : area.cursorCell - Math.max(hidden, 0);
  return areaOf(cells, cursorCell, area.columns);
}
