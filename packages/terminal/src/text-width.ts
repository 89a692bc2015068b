import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Widths that were worked out, since the same characters come again and again. */
const known = new Map<string, number>();
const knownMax = 4_096;

/** What a person sees as one character, and the columns that it takes: 0, 1 or 2. */
export interface Grapheme {
  readonly text: string;
  readonly width: number;
}

/** The characters of a text, as a person sees them (UAX #29), with their widths (UAX #11). */
export function graphemesOf(text: string): Grapheme[] {
  // Most of what is typed is ASCII, where each byte is a character of one column.
  if (/^[\x20-\x7e]*$/.test(text)) return Array.from(text, (each) => ({ text: each, width: 1 }));
  return Array.from(segmenter.segment(text), ({ segment }) => ({
    text: segment,
    width: graphemeWidth(segment),
  }));
}

/** The columns that a text takes on one row. */
export function widthOf(text: string): number {
  return graphemesOf(text).reduce((sum, { width }) => sum + width, 0);
}

function graphemeWidth(grapheme: string): number {
  const before = known.get(grapheme);
  if (before !== undefined) return before;
  const width = Math.min(stringWidth(grapheme), 2);
  if (known.size >= knownMax) known.clear();
  // A grapheme may be of any length, with all its marks: those are not kept.
  if (grapheme.length <= 16) known.set(grapheme, width);
  return width;
}
