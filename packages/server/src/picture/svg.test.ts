import type { Cell, Screen, Style } from './screen';
import { renderSvg } from './svg';

const plain: Style = {
  foreground: undefined,
  background: undefined,
  isInverse: false,
  isBold: false,
  isItalic: false,
  isUnderlined: false,
};

const caption = { window: 'a window', title: 'A title', description: 'What is seen' };

/** The cells of a text, of which characters beyond Latin are wide. */
function cells(text: string, style: Partial<Style> = {}, from = 0): Cell[] {
  let column = from;
  return Array.from(text, (character) => {
    const width = character > '\u{2E7F}' ? 2 : 1;
    const cell = { text: character, column, width, style: { ...plain, ...style } };
    column += width;
    return cell;
  });
}

function svgOf(row: readonly Cell[], cursor = { column: 9, row: 0 }): string {
  const screen: Screen = { columns: 10, rows: [row], cursor };
  return renderSvg(screen, caption);
}

/** The one row of the picture, without where it is. */
function rowOf(svg: string): string | undefined {
  return /<text y="66.5">(.*?)<\/text>/.exec(svg)?.[1];
}

test('text that looks alike is one run, and blanks around it are left out', () => {
  expect(rowOf(svgOf(cells('  a b     ')))).toBe('<tspan x="32.8" textLength="25.2">a b</tspan>');
});

test('a row without text is not drawn', () => {
  expect(rowOf(svgOf(cells('          ')))).toBeUndefined();
});

test('a change of colour begins another run in its column', () => {
  const row = [...cells('[a]', { foreground: '#ff87ff' }), ...cells(': b', {}, 3)];
  expect(rowOf(svgOf(row))).toBe(
    '<tspan x="16" textLength="25.2" fill="#ff87ff">[a]</tspan>' +
      '<tspan x="41.2" textLength="25.2">: b</tspan>',
  );
});

test('wide characters stand in the middle of their two columns, and what follows in its own', () => {
  expect(rowOf(svgOf(cells('a日🛫b')))).toBe(
    '<tspan x="16" textLength="8.4">a</tspan>' +
      '<tspan x="32.8" text-anchor="middle">日</tspan>' +
      '<tspan x="49.6" text-anchor="middle">🛫</tspan>' +
      '<tspan x="58" textLength="8.4">b</tspan>',
  );
});

test('a character of several code points takes one column', () => {
  const accented = cells('e').map(({ column, width, style }) => {
    return { text: 'e\u0301', column, width, style };
  });
  const row = [...accented, ...cells('b  ', {}, 1)];
  expect(rowOf(svgOf(row))).toBe('<tspan x="16" textLength="16.8">e\u0301b</tspan>');
});

test('inverse text has a block of its colour behind it, blanks and all', () => {
  const svg = svgOf(cells(' x ', { foreground: '#00ffff', isInverse: true }));
  expect(svg).toContain('<rect x="16" y="53" width="25.2" height="18" fill="#00ffff"/>');
  expect(rowOf(svg)).toBe('<tspan x="16" textLength="25.2" fill="#14161b"> x </tspan>');
});

test('bold, italic and underlined text is that', () => {
  const style = { isBold: true, isItalic: true, isUnderlined: true };
  expect(rowOf(svgOf(cells('x', style)))).toBe(
    '<tspan x="16" textLength="8.4" font-weight="bold" font-style="italic" text-decoration="underline">x</tspan>',
  );
});

test('the cursor is a block, and a character under it can still be read', () => {
  const block = '<rect x="24.4" y="53" width="8.4" height="18" fill="#d7dae0"/>';
  const behind = svgOf(cells('a'), { column: 1, row: 0 });
  expect(behind).toContain(`${block}\n</g>`);
  const on = svgOf(cells('abc'), { column: 1, row: 0 });
  expect(on).toContain(
    `${block}\n<text y="66.5"><tspan x="24.4" textLength="8.4" fill="#14161b">b</tspan></text>`,
  );
});

test('whatever is written is text, and no markup', () => {
  const svg = renderSvg(
    { columns: 10, rows: [cells('<&">')], cursor: { column: 4, row: 0 } },
    { window: '<w>', title: '<t>', description: '"d" & more' },
  );
  expect(rowOf(svg)).toContain('&lt;&amp;&quot;&gt;');
  expect(svg).toContain('>&lt;w&gt;</text>');
  expect(svg).toContain('<title id="title">&lt;t&gt;</title>');
  expect(svg).toContain('<desc id="description">&quot;d&quot; &amp; more</desc>');
});

test('the window is as large as what it shows', () => {
  const screen: Screen = { columns: 20, rows: [[], [], []], cursor: { column: 0, row: 0 } };
  expect(renderSvg(screen, caption)).toMatch(/^<svg [^>]* width="200" height="128" /);
});
