import { graphemesOf } from '../text-width';

/** A row of a wrapped text: from which index to which. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** How a text is wrapped, in columns. */
export interface Wrapping {
  /** The columns of a row. At least 2, or a wide character would not fit. */
  readonly rowColumns: number;
  /** The columns that each row but the first leaves free at its start. */
  readonly indent: number;
}

/** A text with its characters, as a person sees them, that are not to be broken. */
interface Measured {
  /** The text with each space at which it must not be broken replaced, index by index. */
  readonly text: string;
  /** Where the characters begin, and last where they end. */
  readonly starts: readonly number[];
  /** The columns before each of these places. */
  readonly columns: readonly number[];
}

const ascii = /^[\x20-\x7e]*$/;

/** Of ASCII each index is a character of one column, so there is nothing to measure. */
const unmeasured: Omit<Measured, 'text'> = { starts: [], columns: [] };

/**
 * The rows of a text, broken at spaces, which are dropped there. A word that fits no row is broken
 * between two characters as a person sees them, and begins where there is room for it.
 */
export function wrap(text: string, { rowColumns, indent }: Wrapping): RowRange[] {
  const measured = ascii.test(text) ? { text, ...unmeasured } : measure(text);
  const free = rowColumns - indent;
  const rows: RowRange[] = [];
  let from = 0;
  while (from < text.length) {
    const fits = fitting(measured, from, rows.length === 0 ? rowColumns : free);
    const to = fits === text.length ? fits : breakBefore(measured, from, fits, free);
    rows.push({ from, to: trimmedTo(measured.text, from, to) });
    from = to;
    while (measured.text[from] === ' ') from += 1;
  }
  return rows.length === 0 ? [{ from: 0, to: 0 }] : rows;
}

/** Where a row of so many columns that begins here has to end at the latest. */
function fitting({ text, starts, columns }: Measured, from: number, free: number): number {
  if (starts.length === 0) return Math.min(from + free, text.length);
  let index = indexOf(starts, from);
  const end = (columns[index] ?? 0) + free;
  while (index + 1 < starts.length && (columns[index + 1] ?? 0) <= end) index += 1;
  return starts[index] ?? text.length;
}

/** Where a row is broken that has room until `fits`: before the last word, if a row can hold it. */
function breakBefore(measured: Measured, from: number, fits: number, free: number): number {
  const { text } = measured;
  if (text[fits] === ' ') return fits;
  const space = text.lastIndexOf(' ', fits - 1);
  if (space < from || trimmedTo(text, from, space) === from) return fits;
  const wordTo = fitting(measured, space + 1, free);
  const isWordShort = wordTo === text.length || text.slice(space, wordTo + 1).includes(' ', 1);
  return isWordShort ? space : fits;
}

function trimmedTo(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && text[end - 1] === ' ') end -= 1;
  return end;
}

function measure(text: string): Measured {
  const starts = [0];
  const columns = [0];
  let [at, column, breakable] = [0, 0, ''];
  for (const { text: each, width } of graphemesOf(text)) {
    at += each.length;
    column += width;
    // A space that carries a mark is no space between words.
    breakable += each.length > 1 ? each.replaceAll(' ', '_') : each;
    starts.push(at);
    columns.push(column);
  }
  return { text: breakable, starts, columns };
}

/** The index of the last place that is not behind this one. */
function indexOf(places: readonly number[], place: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((places[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
