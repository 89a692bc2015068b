import { markByte, paddingAt, saidShape, textBytes, timeAt } from './counted-line';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const padding = 0x2e;

/** Behind the number or behind the time: the padding is a word of its own, which is not broken. */
const breaks = new Set([saidShape.textAt + timeAt - 1, saidShape.textAt + paddingAt - 1]);
/** With the indent and the line end. */
const secondRowBytes = saidShape.textAt + (textBytes - paddingAt) + 2;

/** What is found where a line begins that may be a counted one in two rows. */
export type Wrapped = 'none' | 'unfinished' | { readonly length: number };

/**
 * Whether what someone says from `start` on, whose first row goes on to before `rowEnd`, is shown in
 * two rows, as in a window of 53 to 74 columns: up to its padding, and that indented as far as the
 * text. The parts that are read are then where they are in one row.
 */
export function wrappedAt(bytes: Buffer, start: number, rowEnd: number, end: number): Wrapped {
  const rowBytes = rowEnd - start - 2;
  if (!breaks.has(rowBytes) || bytes[start + saidShape.textAt] !== markByte) return 'none';
  const after = rowEnd + secondRowBytes;
  if (after > end) return 'unfinished';
  const isWrapped = isLineEnd(bytes, rowEnd - 2) && isSecondRow(bytes, rowEnd, after);
  return isWrapped ? { length: after - start } : 'none';
}

function isLineEnd(bytes: Buffer, at: number): boolean {
  return bytes[at] === carriageReturn && bytes[at + 1] === lineFeed;
}

function isSecondRow(bytes: Buffer, start: number, after: number): boolean {
  const paddingFrom = start + saidShape.textAt;
  return (
    bytes[start] === space &&
    bytes[paddingFrom - 1] === space &&
    bytes[paddingFrom] === padding &&
    bytes[after - 3] === padding &&
    isLineEnd(bytes, after - 2)
  );
}
