import type { InputArea, Place } from './input-area';

const eraseBelow = '\x1b[J';

/** What draws an area on a screen whose cursor is at the start of an empty row, the last in use. */
export function drawing(area: InputArea): string {
  return textFrom(area, 0) + moving(penAfter(area), area.cursor);
}

/** What removes an area, and leaves the cursor at the start of its first row. */
export function erasing(area: InputArea): string {
  return erasingFrom(area.cursor.row);
}

/** What removes an area whose cursor is on this row of it. A row above the screen is out of reach. */
export function erasingFrom(cursorRow: number): string {
  return `${rowsUp(cursorRow)}\r${eraseBelow}`;
}

/** What leaves the text of an area where it is, and the cursor at the start of the row below. */
export function leaving(area: InputArea): string {
  // The cursor's own row becomes the next one; by a line feed, so that it no longer continues the
  // row above for a terminal that reflows.
  if (area.endsOnNewRow) return `${rowsUp(1)}\r\n${eraseBelow}`;
  return `${rowsDown(area.rows - 1 - area.cursor.row)}\r\n`;
}

/** What turns one area into another of as many columns: only from the first cell that differs. */
export function updating(old: InputArea, next: InputArea): string {
  const same = sameCells(old, next);
  const isSameText = same === next.cells.length && same === old.cells.length;
  if (isSameText && old.endsOnNewRow === next.endsOnNewRow) return moving(old.cursor, next.cursor);
  const isShorter = same < old.cells.length || (isSameText && old.endsOnNewRow);
  const from = drawnFrom(old, next, same, isShorter);
  return [
    moving(old.cursor, placeOf(next, from)),
    isShorter ? eraseBelow : '',
    textFrom(next, from),
    moving(penAfter(next), next.cursor),
  ].join('');
}

function sameCells(old: InputArea, next: InputArea): number {
  const differs = next.cells.findIndex((cell, index) => cell.text !== old.cells[index]?.text);
  return differs === -1 ? next.cells.length : differs;
}

/**
 * The cell to draw from. To begin a row, the last cell of the one above is written again, since it
 * is the terminal's own autowrap that makes the two rows one line, and erasing would undo it. It
 * may be the only cell of its row, so the same holds for that.
 */
function drawnFrom(old: InputArea, next: InputArea, same: number, isShorter: boolean): number {
  const isToBeWrapped = (cell: number): boolean => {
    const { row, column } = placeOf(next, cell);
    if (column >= next.columns) return true;
    return column === 0 && row > 0 && (isShorter || row >= old.rows);
  };
  let from = same;
  while (isToBeWrapped(from)) from -= 1;
  return from;
}

function placeOf(area: InputArea, cell: number): Place {
  return area.places[cell] ?? area.cursor;
}

function textFrom(area: InputArea, cell: number): string {
  const text = area.cells.slice(cell).reduce((sum, each) => sum + each.text, '');
  // A terminal goes to the next row only with the next character; the space is that character,
  // and something for the cursor to stand on when the terminal reflows.
  return area.endsOnNewRow ? `${text} \r` : text;
}

function penAfter(area: InputArea): Place {
  return area.endsOnNewRow ? area.cursor : placeOf(area, area.cells.length);
}

function moving(from: Place, to: Place): string {
  const vertical = rowsUp(from.row - to.row) + rowsDown(to.row - from.row);
  if (from.column === to.column) return vertical;
  return vertical + (to.column === 0 ? '\r' : `\x1b[${to.column + 1}G`);
}

function rowsUp(rows: number): string {
  return rows > 0 ? `\x1b[${rows === 1 ? '' : rows}A` : '';
}

function rowsDown(rows: number): string {
  return rows > 0 ? `\x1b[${rows === 1 ? '' : rows}B` : '';
}
