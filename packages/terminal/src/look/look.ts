import { sanitizeText } from '@chat-server/protocol';
import { widthOf } from '../text-width';
import { timeIn } from './clock';
import { lineFormOf } from './line-form';
import type { LineForm } from './line-form';
import { nameColour, noticeColour } from './palette';
import type { Colours, Theme } from './palette';
import { wrap } from './wrap';
import type { RowRange } from './wrap';

/** How lines are drawn for someone. */
export interface Look {
  readonly columns: number;
  readonly colours: Colours;
  readonly theme: Theme;
  /** Lines are then left as they are, since colours and broken words only get in the way. */
  readonly isScreenReader: boolean;
  /** Puts the time in front of each line, in this zone (see `isTimeZone`). */
  readonly clock: { readonly timeZone: string } | undefined;
}

/** Part of a text that has a colour, given by its SGR parameters. */
interface Coloured extends RowRange {
  readonly parameters: string;
}

/** In a narrower window the rows of a line are not indented. */
const indentedColumnsMin = 20;

/** No row takes more than this part of a window for its indent. */
const indentPart = 1 / 3;

const reverse = '7';

/** The same for looks that draw every line alike, so that each is drawn once for all of them. */
export function lookKey(look: Look): string {
  const zone = look.clock?.timeZone ?? '';
  if (look.isScreenReader) return `reader ${zone}`;
  const hasColours = look.colours !== 0 && look.theme !== 'none';
  const colours = hasColours ? `${look.colours} ${look.theme}` : 'plain';
  return `${look.columns} ${colours} ${zone}`;
}

/**
 * A line of the chat as rows of a terminal, each ended with CR LF.
 *
 * It is sanitised, so that beside printable text there are only our own colours. Which part has one
 * is told by how the line begins, so what people write stays in the terminal's own colour whatever
 * they write; a colour never lasts beyond its row. Rows are broken at words and leave the last
 * column free (but in a window of two columns, where a wide character needs both), and those after
 * the first are indented as far as the text of the first.
 */
export function renderLine(line: string, look: Look, atMs: number): string {
  const clean = sanitizeText(line);
  const form = lineFormOf(clean);
  // A line of the history has the time at which it was said.
  const time =
    look.clock === undefined || form.hasTime ? '' : `${timeIn(look.clock.timeZone, atMs)} `;
  const text = (time + clean).trimEnd();
  if (look.isScreenReader) return `${text}\r\n`;
  const coloured = colouredParts(form, time.length, look);
  const rowColumns = Math.max(look.columns - 1, 2);
  if (fitsSurely(text, rowColumns)) return drawRow(text, { from: 0, to: text.length }, coloured);
  const indent = indentOf(text.slice(0, time.length + form.textFrom), look.columns);
  const spaces = ' '.repeat(indent);
  return wrap(text, { rowColumns, indent })
    .map((row, index) => (index === 0 ? '' : spaces) + drawRow(text, row, coloured))
    .join('');
}

/** Without measuring it: no code unit of UTF-16 takes more than two columns, and no ASCII but one. */
function fitsSurely(text: string, rowColumns: number): boolean {
  return (
    text.length * 2 <= rowColumns || (text.length <= rowColumns && /^[\x20-\x7e]*$/.test(text))
  );
}

function indentOf(beforeText: string, columns: number): number {
  if (columns < indentedColumnsMin) return 0;
  return Math.min(widthOf(beforeText), Math.floor(columns * indentPart));
}

function colouredParts(form: LineForm, timeLength: number, look: Look): Coloured[] {
  const { colours, theme } = look;
  if (colours === 0 || theme === 'none') return [];
  const notice = noticeColour(colours, theme);
  const parts: Coloured[] = [];
  const add = (from: number, to: number, parameters: string): void => {
    if (parameters !== '' && to > from) parts.push({ from, to, parameters });
  };
  const from = timeLength + form.colouredFrom;
  add(0, form.hasTime ? form.colouredFrom : timeLength, notice);
  if (form.kind === 'notice') add(from, timeLength + form.colouredTo, notice);
  if (form.name === '') return parts;
  const name = nameColour(form.name, colours, theme);
  add(from, timeLength + form.colouredTo, form.kind === 'whispered' ? `${reverse};${name}` : name);
  return parts;
}

function drawRow(text: string, { from, to }: RowRange, coloured: readonly Coloured[]): string {
  let drawn = '';
  let at = from;
  for (const part of coloured) {
    const start = Math.max(part.from, from);
    const end = Math.min(part.to, to);
    if (start >= end) continue;
    const inside = text.slice(start, end);
    drawn += `${text.slice(at, start)}\x1b[${part.parameters}m${inside}\x1b[m`;
    at = end;
  }
  return `${drawn}${text.slice(at, to)}\r\n`;
}
