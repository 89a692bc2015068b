import type { Cell, Screen, Style } from './screen';

/** What is written around the screen. */
export interface Caption {
  /** In the title bar of the window. */
  readonly window: string;
  /** For those who do not see the picture: what it is. */
  readonly title: string;
  /** And what is to be seen in it. */
  readonly description: string;
}

/** Characters that stand side by side and look alike. */
interface Run {
  readonly column: number;
  readonly width: number;
  readonly text: string;
  readonly isWide: boolean;
  readonly style: Style;
}

const fontSize = 14;
const cellWidth = 8.4;
const cellHeight = 20;
/** From the top of a row to where its letters stand. */
const baseline = 14.5;
const barHeight = 36;
const padding = 16;

const colours = {
  text: '#d7dae0',
  screen: '#14161b',
  bar: '#22252c',
  edge: '#3a3f4a',
  caption: '#9aa2af',
  buttons: ['#ff5f57', '#febc2e', '#28c840'],
};

const fonts = [
  'ui-monospace, SFMono-Regular, Menlo, Consolas',
  "'DejaVu Sans Mono', 'Liberation Mono', monospace",
].join(', ');

/**
 * The screen of a terminal as an SVG, in the frame of a window.
 *
 * Text stays text. Every run of it is told how wide it is, and every wide character where it
 * stands, so that the columns are in line whatever font is used.
 */
export function renderSvg(screen: Screen, caption: Caption): string {
  const width = round(screen.columns * cellWidth + 2 * padding);
  const height = barHeight + screen.rows.length * cellHeight + 2 * padding;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(caption.title)}</title>`,
    `<desc id="description">${escapeXml(caption.description)}</desc>`,
    ...frame(width, height, caption.window),
    `<g font-family="${fonts}" font-size="${fontSize}" fill="${colours.text}" xml:space="preserve">`,
    ...screen.rows.flatMap((cells, row) => renderRow(runsOf(cells), row)),
    ...renderCursor(screen),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function frame(width: number, height: number, title: string): string[] {
  const middle = barHeight / 2;
  const [right, bottom] = [width - 0.5, height - 0.5];
  return [
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="9.5" fill="${colours.screen}"/>`,
    `<path d="M0.5 ${barHeight}V10a9.5 9.5 0 0 1 9.5-9.5H${round(right - 9.5)}a9.5 9.5 0 0 1 9.5 9.5V${barHeight}z" fill="${colours.bar}"/>`,
    `<path d="M0.5 ${barHeight}H${right}" stroke="${colours.edge}"/>`,
    `<rect x="0.5" y="0.5" width="${right - 0.5}" height="${bottom - 0.5}" rx="9.5" fill="none" stroke="${colours.edge}"/>`,
    ...colours.buttons.map(
      (colour, at) => `<circle cx="${20 + at * 20}" cy="${middle}" r="6" fill="${colour}"/>`,
    ),
    `<text x="${round(width / 2)}" y="${middle + 4.5}" text-anchor="middle" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="13" fill="${colours.caption}">${escapeXml(title)}</text>`,
  ];
}

/** The runs of a row, without blanks that cannot be seen; a wide character is one by itself. */
function runsOf(cells: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  for (const { text, column, width, style } of cells) {
    const last = runs.at(-1);
    const isWide = width > 1;
    if (last === undefined || isWide || last.isWide || !looksAlike(last.style, style)) {
      runs.push({ text, column, width, isWide, style });
    } else {
      runs.splice(-1, 1, { ...last, text: last.text + text, width: last.width + width });
    }
  }
  return runs.map(trimmed).filter(({ text }) => text !== '');
}

function trimmed(run: Run): Run {
  if (backgroundOf(run.style) !== undefined || run.style.isUnderlined) return run;
  const before = run.text.length - run.text.trimStart().length;
  const text = run.text.trim();
  // Each blank takes one column, whatever the rest does.
  const width = run.width - (run.text.length - text.length);
  return { ...run, text, column: run.column + before, width };
}

function looksAlike(one: Style, other: Style): boolean {
  return attributesOf(one) === attributesOf(other) && backgroundOf(one) === backgroundOf(other);
}

function renderRow(runs: readonly Run[], row: number): string[] {
  if (runs.length === 0) return [];
  const top = barHeight + padding + row * cellHeight;
  const backgrounds = runs.flatMap(({ column, width, style }) => {
    const fill = backgroundOf(style);
    return fill === undefined ? [] : [renderBlock(column, top, width, fill)];
  });
  const text = runs.map(renderRun).join('');
  return [...backgrounds, `<text y="${round(top + baseline)}">${text}</text>`];
}

function renderRun({ text, column, width, isWide, style }: Run): string {
  const place = isWide
    ? `x="${leftOf(column + 1)}" text-anchor="middle"`
    : `x="${leftOf(column)}" textLength="${round(width * cellWidth)}"`;
  return `<tspan ${place}${attributesOf(style)}>${escapeXml(text)}</tspan>`;
}

/** A block on the character that it is on. */
function renderCursor({ rows, cursor }: Screen): string[] {
  const top = barHeight + padding + cursor.row * cellHeight;
  const under = rows[cursor.row]?.find(({ column }) => column === cursor.column);
  const block = renderBlock(cursor.column, top, under?.width ?? 1, colours.text);
  if (under === undefined || under.text.trim() === '') return [block];
  const style = { ...under.style, foreground: colours.screen, isInverse: false };
  const run = renderRun({ ...under, isWide: under.width > 1, style });
  return [block, `<text y="${round(top + baseline)}">${run}</text>`];
}

function renderBlock(column: number, top: number, width: number, fill: string): string {
  return `<rect x="${leftOf(column)}" y="${top + 1}" width="${round(width * cellWidth)}" height="${cellHeight - 2}" fill="${fill}"/>`;
}

function backgroundOf({ foreground, background, isInverse }: Style): string | undefined {
  return isInverse ? (foreground ?? colours.text) : background;
}

/** What makes text look so, as attributes; nothing for plain text. */
function attributesOf(style: Style): string {
  const fill = style.isInverse ? (style.background ?? colours.screen) : style.foreground;
  return [
    fill === undefined ? '' : ` fill="${fill}"`,
    style.isBold ? ' font-weight="bold"' : '',
    style.isItalic ? ' font-style="italic"' : '',
    style.isUnderlined ? ' text-decoration="underline"' : '',
  ].join('');
}

function leftOf(column: number): number {
  return round(padding + column * cellWidth);
}

/** To a hundredth, so that sums of fractions do not show. */
function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
