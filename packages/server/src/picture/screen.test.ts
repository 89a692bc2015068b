import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/headless';
import { readScreen, textOf, type Screen } from './screen';

async function drawn(text: string, columns = 10, rows = 2): Promise<Screen> {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.unicode.activeVersion = '15-graphemes';
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const screen = readScreen(terminal);
  terminal.dispose();
  return screen;
}

test('what has left the screen is not read, and the cursor is where it is on the screen', async () => {
  const { rows, cursor } = await drawn('one\r\ntwo\r\nthree');
  expect(rows.map(textOf)).toEqual(['two       ', 'three     ']);
  expect(cursor).toEqual({ column: 5, row: 1 });
});

test('a wide character is one cell of two columns, whatever it is written in', async () => {
  const { rows } = await drawn('a日e\u0301🛫.');
  const cells = rows[0]?.slice(0, 5).map(({ text, column, width }) => [text, column, width]);
  expect(cells).toEqual([
    ['a', 0, 1],
    ['日', 1, 2],
    ['e\u0301', 3, 1],
    ['🛫', 4, 2],
    ['.', 6, 1],
  ]);
});

test.each([
  ['the colours of its own', '', undefined],
  ['one of the first sixteen', '\u001B[31m', '#cd0000'],
  ['one of the cube', '\u001B[38;5;213m', '#ff87ff'],
  ['one of the greys', '\u001B[38;5;247m', '#9e9e9e'],
  ['any other', '\u001B[38;2;1;2;3m', '#010203'],
])('a character has %s', async (_, sequence, foreground) => {
  const { rows } = await drawn(`${sequence}x`);
  expect(rows[0]?.[0]?.style).toEqual({
    foreground,
    background: undefined,
    isInverse: false,
    isBold: false,
    isItalic: false,
    isUnderlined: false,
  });
});

test('a character is inverse, bold, italic and underlined on a colour', async () => {
  const { rows } = await drawn('\u001B[7;1;3;4;44mx');
  expect(rows[0]?.[0]?.style).toEqual({
    foreground: undefined,
    background: '#0000ee',
    isInverse: true,
    isBold: true,
    isItalic: true,
    isUnderlined: true,
  });
});
