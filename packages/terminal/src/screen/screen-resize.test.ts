import { showing, typed } from './shown-screen.suite';

const esc = '\x1b';
const ask = `${esc}[6n`;

/** What erases an area whose cursor is on this row of it, from 0. */
function erased(row: number): string {
  return `${esc}[${row}A\r${esc}[J`;
}

describe('a window that is resized', () => {
  /** 45 columns of text: on the third of 20 columns, and of 15 on the first cell of the fourth. */
  const long = 'x'.repeat(43);
  const smaller = { columns: 15, rows: 10 };

  test('is drawn anew at once when there is no doubt where the cursor is', () => {
    const { screen, written } = showing('hello');
    screen.resize(smaller);
    expect(screen.isWaiting).toBe(false);
    expect(written()).toBe(`\r${esc}[J> hello`);
  });

  test('is asked for the cursor, and what comes meanwhile is held back', () => {
    const { screen, written } = showing(long);
    screen.resize(smaller);
    screen.print('one\r\n');
    screen.show(typed('hello'));
    screen.settle();
    expect(screen.around()).toBeUndefined();
    expect([screen.isWaiting, written()]).toEqual([true, ask]);
    screen.cursorReported(9, 6);
    expect([screen.isWaiting, written()]).toEqual([false, `${erased(2)}one\r\n> hello`]);
  });

  test.each([
    ['reflows when the cursor went along', 1, 3],
    ['keeps its rows when the cursor stayed in its column', 6, 2],
    ['reflows when the answer makes no sense', 11, 3],
  ])('%s', (_what, column, row) => {
    const { screen, written } = showing(long);
    screen.resize(smaller);
    written();
    screen.cursorReported(1, column);
    expect(written()).toBe(`${erased(row)}> ${long} \r`);
  });

  test('is taken for one that reflows when there is no answer in time', () => {
    const { screen, written } = showing(long);
    screen.resize(smaller);
    written();
    screen.giveUpWaiting();
    expect(written()).toBe(`${erased(3)}> ${long} \r`);
    screen.cursorReported(1, 6);
    screen.giveUpWaiting();
    expect(written()).toBe('');
  });

  test('is taken for what it was before when the column cannot tell', () => {
    const { screen, written } = showing(long);
    screen.resize(smaller);
    screen.cursorReported(1, 6);
    screen.show(typed('a'));
    screen.resize({ columns: 4, rows: 10 });
    written();
    // Behind `> a` the cursor is in the last column, of the first row or of the second.
    screen.resize({ columns: 2, rows: 10 });
    expect([screen.isWaiting, written()]).toEqual([false, `\r${esc}[J> a`]);
  });

  test('again while it is asked is asked again, once the first answer is there', () => {
    const { screen, written } = showing(long);
    screen.resize(smaller);
    screen.resize({ columns: 14, rows: 10 });
    expect(written()).toBe(ask);
    screen.cursorReported(1, 1);
    expect([screen.isWaiting, written()]).toEqual([true, ask]);
    screen.cursorReported(1, 4);
    expect(written()).toBe(`${erased(3)}> ${long}`);
  });

  test('is known to have moved the cursor into the narrowest of its widths', () => {
    const { screen, written } = showing(long);
    screen.resize({ columns: 4, rows: 10 });
    screen.resize({ columns: 30, rows: 10 });
    screen.cursorReported(1, 4);
    written();
    screen.cursorReported(1, 4);
    expect(written()).toBe(`${erased(2)}> ${long}`);
  });

  test('is asked no more when it has never answered', () => {
    const { screen, written } = showing(long);
    const sizes = [15, 20, 15, 20].map((columns) => ({ columns, rows: 10 }));
    for (const size of sizes.slice(0, 3)) {
      screen.resize(size);
      expect(screen.isWaiting).toBe(true);
      screen.giveUpWaiting();
    }
    written();
    screen.resize(sizes[3] ?? smaller);
    expect([screen.isWaiting, written()]).toEqual([false, `${erased(2)}> ${long}`]);
  });

  test('waits no longer when too much would have to be held back', () => {
    const { screen, written } = showing(long);
    screen.resize(smaller);
    const row = `${'y'.repeat(10)}\r\n`;
    for (let count = 0; count < 1_001; count += 1) screen.print(row);
    expect(screen.isWaiting).toBe(false);
    expect(written().split(row)).toHaveLength(1_002);
  });

  test('rings its bell even while it is asked', () => {
    const { screen, written } = showing(long);
    screen.resize(smaller);
    written();
    screen.bell();
    expect(written()).toBe('\x07');
  });

  test('ignores an answer that nobody asked for', () => {
    const { screen, written } = showing(long);
    screen.cursorReported(1, 1);
    expect(written()).toBe('');
  });
});
