import * as fc from 'fast-check';
import { graphemesOf, widthOf } from '../text-width';
import { lookKey, renderLine } from './look';
import type { Look } from './look';
import { nameColour } from './palette';

const plain: Look = {
  columns: 80,
  colours: 0,
  theme: 'any',
  isScreenReader: false,
  clock: undefined,
};
const coloured: Look = { ...plain, colours: 256 };
const esc = '\x1b';
const atMs = Date.UTC(2026, 0, 15, 12, 34);

const rowsOf = (line: string, look: Partial<Look>): string[] =>
  renderLine(line, { ...plain, ...look }, atMs)
    .slice(0, -2)
    .split('\r\n');

/** Lines that begin in each of the ways that the chat knows, and go on with any of these pieces. */
function lineOf(piece: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const begin = fc.constantFrom('[two]: ', '* two ', '<<two>>: ', '[*]: ', '12:34 [two]: ', '');
  const rest = fc.array(piece, { maxLength: 40 });
  return fc.tuple(begin, rest).map(([first, pieces]) => first + pieces.join(''));
}

describe('wrapping', () => {
  test.each<[string, string, number, string[]]>([
    ['a line that fits', '[two]: hi', 80, ['[two]: hi']],
    [
      'a long line, at words and under its text',
      '[two]: the quick brown fox jumps',
      24,
      ['[two]: the quick brown', '       fox jumps'],
    ],
    [
      'an action under the name of who acts',
      '* two waves at everybody here',
      24,
      ['* two waves at', '  everybody here'],
    ],
    [
      'beside a long name, by a third of the window',
      '[abcdefghijklmnop]: lorem ipsum dolor',
      24,
      ['[abcdefghijklmnop]:', '        lorem ipsum', '        dolor'],
    ],
    [
      'a word that is longer than a row, where there is room',
      `[two]: see ${'x'.repeat(40)} there`,
      24,
      [
        `[two]: see ${'x'.repeat(12)}`,
        `       ${'x'.repeat(16)}`,
        `       ${'x'.repeat(12)}`,
        '       there',
      ],
    ],
    ['a narrow window, without an indent', '[two]: one two', 10, ['[two]:', 'one two']],
    [
      'wide characters, never in the middle',
      '[two]: 日本語日本語日本語',
      20,
      ['[two]: 日本語日本語', '      日本語'],
    ],
    ['nothing', '', 80, ['']],
    ['spaces only', '     ', 80, ['']],
    ['spaces in front of what is said', '[two]:    hi', 80, ['[two]:    hi']],
    [
      'spaces around a break, which go',
      `[two]: ${'x'.repeat(16)}    there`,
      24,
      [`[two]: ${'x'.repeat(16)}`, '       there'],
    ],
  ])('draws %s', (_what, line, columns, rows) => {
    expect(rowsOf(line, { columns })).toEqual(rows);
  });
});

describe('colours', () => {
  const two = nameColour('two', 256, 'any');
  const notice = '38;5;244';

  test.each<[string, string, Partial<Look>, string]>([
    ['a name', '[two]: hi', {}, `\x1b[${two}m[two]\x1b[m: hi`],
    ['who acts', '* two waves', {}, `* \x1b[${two}mtwo\x1b[m waves`],
    ['a whisper, which is marked', '<<two>>: psst', {}, `\x1b[7;${two}m<<two>>\x1b[m: psst`],
    ['a notice', '[*]: Bye.', {}, `\x1b[${notice}m[*]: Bye.\x1b[m`],
    ['an answer not at all', 'You are back.', {}, 'You are back.'],
    [
      'the time of a line of the history',
      '12:34 [two]: hi',
      {},
      `\x1b[${notice}m12:34 \x1b[m\x1b[${two}m[two]\x1b[m: hi`,
    ],
    ['notices among 16 not at all', '[*]: Bye.', { colours: 16 }, '[*]: Bye.'],
    ['nothing for the theme none', '[two]: hi', { theme: 'none' }, '[two]: hi'],
    ['nothing for a screen reader', '[two]: hi', { isScreenReader: true }, '[two]: hi'],
  ])('mark %s', (_what, line, look, drawn) => {
    expect(renderLine(line, { ...coloured, ...look }, atMs)).toBe(`${drawn}\r\n`);
  });

  test('end with each row', () => {
    const rows = rowsOf('[*]: The topic of Planes is: paper ones', { ...coloured, columns: 24 });
    expect(rows).toEqual([
      `\x1b[${notice}m[*]: The topic of\x1b[m`,
      `     \x1b[${notice}mPlanes is: paper\x1b[m`,
      `     \x1b[${notice}mones\x1b[m`,
    ]);
  });
});

describe('the time', () => {
  const clock = { timeZone: 'Europe/Berlin' };

  test('stands in front of a line, and the text stays indented', () => {
    expect(rowsOf('[two]: the quick brown fox', { columns: 30, clock })).toEqual([
      '13:34 [two]: the quick brown',
      '          fox',
    ]);
  });

  test('is not told twice of a line of the history', () => {
    expect(rowsOf('09:00 [two]: hi', { clock })).toEqual(['09:00 [two]: hi']);
  });

  test('is told to a screen reader who asked for it', () => {
    expect(rowsOf('[two]: hi', { clock, isScreenReader: true })).toEqual(['13:34 [two]: hi']);
  });
});

test('a screen reader gets a line of any length as one row', () => {
  const line = `[two]: ${'long '.repeat(100)}end`;
  expect(rowsOf(line, { isScreenReader: true })).toEqual([line]);
});

describe('the key of a look', () => {
  test.each<[string, Partial<Look>, Partial<Look>]>([
    ['another width', {}, { columns: 79 }],
    ['other colours', {}, { colours: 16 }],
    ['another theme', {}, { theme: 'dark' }],
    ['a clock', {}, { clock: { timeZone: 'UTC' } }],
    ['a screen reader', {}, { isScreenReader: true }],
  ])('is another for %s', (_what, one, other) => {
    expect(lookKey({ ...coloured, ...one })).not.toBe(lookKey({ ...coloured, ...other }));
  });

  test.each<[string, Partial<Look>, Partial<Look>]>([
    ['themes without colours', { colours: 0 }, { colours: 0, theme: 'dark' }],
    ['no colours and no theme', { colours: 0 }, { theme: 'none' }],
    ['screen readers', { isScreenReader: true }, { isScreenReader: true, columns: 20 }],
  ])('is the same for %s', (_what, one, other) => {
    expect(lookKey({ ...coloured, ...one })).toBe(lookKey({ ...coloured, ...other }));
  });
});

describe('whatever is said', () => {
  const words = ['a', 'word', ' ', '  ', ', ', 'longer-than-many-rows-of-a-small-window'];
  const wide = ['日本語', '한', '😀', '👨\u200d👩\u200d👧', '\u3000', '🇩🇪', '❤\ufe0f'];
  const marks = ['e\u0301', '\u0301'];
  const forms = ['[two]: ', '* one ', '<<six>>: ', '[*]: ', '12:34 '];
  const sequences = ['\x1b[31m', '\x1b]0;title\x07', '\x9b2J', '\x90q\x9c', '\x1b[m'];
  const controls = ['\r', '\n', '\b', '\x7f', '\0', '\t', '\u2028', '\ud800'];
  const invisible = ['\u202e', '\u2066', '\u200b', '\ufeff', '\u{e0041}'];
  const pieces = fc.constantFrom(...words, ...wide, ...marks, ...forms);
  const hostile = fc.constantFrom(...sequences, ...controls, ...invisible);
  const looks: fc.Arbitrary<Look> = fc.record({
    columns: fc.oneof(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 200 })),
    colours: fc.constantFrom(0 as const, 16 as const, 256 as const),
    theme: fc.constantFrom('any' as const, 'dark' as const, 'light' as const, 'none' as const),
    isScreenReader: fc.constant(false),
    clock: fc.constantFrom(undefined, { timeZone: 'UTC' }),
  });
  const ownColours = new RegExp(`${esc}\\[(?:7;)?(?:3[1-6]|38;5;\\d{1,3})?m`, 'g');

  test('no row is too wide, no character is split and no word is lost', () => {
    fc.assert(
      fc.property(lineOf(pieces), looks, (line, look) => {
        const rows = rowsOf(line, look).map((row) => row.replace(ownColours, ''));
        const widths = rows.map(widthOf);
        expect(Math.max(...widths)).toBeLessThanOrEqual(Math.max(look.columns - 1, 2));
        const hasTime = look.clock !== undefined && !/^\d\d:\d\d (?:\[|<<|\* )/.test(line);
        const told = hasTime ? `12:34 ${line}` : line;
        expect(rows.join('').replaceAll(' ', '')).toBe(told.replaceAll(/ |\s+$/g, ''));
        const characters = new Set(graphemesOf(told).map(({ text }) => text));
        const drawn = rows.flatMap(graphemesOf).map(({ text }) => text);
        expect(drawn.filter((each) => each !== ' ' && !characters.has(each))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('only printable text and our own colours are put out, which end with their row', () => {
    fc.assert(
      fc.property(lineOf(fc.oneof(pieces, hostile)), looks, (line, look) => {
        const rows = rowsOf(line, look);
        const text = rows.map((row) => row.replace(ownColours, '')).join('');
        expect(text).toMatch(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]*$/u);
        const colours = rows.flatMap((row) => row.match(ownColours)?.at(-1) ?? []);
        expect(colours.filter((each) => each !== '\x1b[m')).toEqual([]);
        const isColoured = look.colours !== 0 && look.theme !== 'none';
        expect(isColoured || !rows.join('').includes('\x1b')).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('nothing written after a name changes what is coloured', () => {
    fc.assert(
      fc.property(lineOf(fc.oneof(pieces, hostile)), (text) => {
        const [drawn] = rowsOf(`[one]: ${text}`, { ...coloured, columns: 5_000 });
        const colour = nameColour('one', 256, 'any');
        expect(drawn?.match(ownColours)).toEqual([`\x1b[${colour}m`, '\x1b[m']);
        expect(drawn?.startsWith(`\x1b[${colour}m[one]\x1b[m:`)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
