import { ModelTerminal } from './model-terminal.suite';
import { Screen } from './screen';
import { screenOf, showing, typed } from './shown-screen.suite';

const esc = '\x1b';

const models: ModelTerminal[] = [];

afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

function modelOf(columns: number, rows: number): ModelTerminal {
  const model = new ModelTerminal(columns, rows, 'keep', () => undefined);
  models.push(model);
  return model;
}

describe('typing', () => {
  test('at the end of the line writes what was typed and nothing else', () => {
    const { screen, written } = showing('hell');
    screen.show(typed('hello'));
    expect(written()).toBe('o');
  });

  test('what is shown already writes nothing', () => {
    const { screen, written } = showing('hello');
    screen.show(typed('hello'));
    expect(written()).toBe('');
  });

  test('a cursor key only moves the cursor', () => {
    const { screen, written } = showing('hello');
    screen.show(typed('hello', 0));
    expect(written()).toBe(`${esc}[3G`);
  });

  test('Backspace writes a few bytes', () => {
    const { screen, written } = showing('hello');
    screen.show(typed('hell'));
    expect(written()).toBe(`${esc}[7G${esc}[J`);
  });

  test('up to the margin puts the cursor on the next row', () => {
    const { screen, written } = showing('x'.repeat(17));
    screen.show(typed('x'.repeat(18)));
    expect(written()).toBe('x \r');
    screen.show(typed('x'.repeat(19)));
    expect(written()).toBe(`x`);
  });

  test('puts nothing on the screen that could act on the terminal', () => {
    const { screen, written } = screenOf();
    screen.show({ prompt: `a${esc}[2J`, text: 'b\x9b1m\u202ec\r\n', cursor: 7 });
    screen.settle();
    expect(written()).toBe('a[2Jb1mc');
  });

  test('leaves out what has no width to stand on', () => {
    const { screen, written } = screenOf();
    screen.show({ prompt: '', text: '\u0301ab', cursor: 1 });
    screen.settle();
    expect(written()).toBe('ab\r');
  });
});

describe('what arrives', () => {
  test('is printed where the input area was, which comes back when all of it is there', () => {
    const { screen, written } = showing('hello');
    screen.print('one\r\n');
    screen.print('two\r\n');
    screen.settle();
    expect(written()).toBe(`\r${esc}[Jone\r\ntwo\r\n> hello`);
  });

  test('can be written by a fan-out between two texts that stay the same', () => {
    const { screen } = showing('hello');
    const around = screen.around();
    expect(around).toEqual({ before: `\r${esc}[J`, after: '> hello' });
    expect(screen.around()).toBe(around);
  });

  test('comes after nothing and before nothing while the area is erased', () => {
    const { screen } = showing('hello');
    screen.print('one\r\n');
    expect(screen.around()).toEqual({ before: '', after: '' });
  });

  test('finds what has been typed in the meantime', () => {
    const { screen, written } = showing('hello');
    screen.print('one\r\n');
    screen.show(typed('hello you'));
    expect(written()).toBe(`\r${esc}[Jone\r\n`);
    screen.settle();
    expect(written()).toBe('> hello you');
  });

  test('replaces a prompt that was there before the screen', () => {
    const { screen, written } = screenOf();
    screen.adopt('Login:'.length);
    expect(screen.around()).toBeUndefined();
    screen.print('Welcome.\r\n');
    expect(written()).toBe(`\r${esc}[JWelcome.\r\n`);
  });
});

test('what was on the row before the screen goes with the first drawing', async () => {
  const model = modelOf(8, 4);
  const screen = new Screen((text) => model.write(text), { columns: 8, rows: 4 });
  model.write('Hello\r\nUsername');
  screen.adopt('Username'.length);
  screen.show(typed('a'));
  await model.flush();
  expect(model.rowsFrom(0)).toEqual(['Hello', '> a', '', '']);
  expect(model.cursor()).toEqual({ row: 1, column: 3 });
});

describe('a line that is entered', () => {
  test('stays on the screen as it was drawn', () => {
    const { screen, written } = showing('hello');
    screen.commit();
    expect(written()).toBe('\r\n');
    screen.settle();
    expect(written()).toBe('');
  });

  test('is left whole when the cursor is in the middle of it', () => {
    const { screen, written } = showing('x'.repeat(45));
    screen.show(typed('x'.repeat(45), 0));
    written();
    screen.commit();
    expect(written()).toBe(`${esc}[2B\r\n`);
  });

  test('leaves no empty row when it ends at the margin', async () => {
    const model = modelOf(20, 10);
    const screen = new Screen((text) => model.write(text), { columns: 20, rows: 10 });
    screen.show(typed('x'.repeat(18)));
    screen.settle();
    screen.commit();
    screen.print('one\r\n');
    await model.flush();
    expect(model.rowsFrom(0).slice(0, 3)).toEqual([`> ${'x'.repeat(18)}`, 'one', '']);
    expect(model.lines().slice(0, 2)).toEqual([`> ${'x'.repeat(18)}`, 'one']);
  });

  test('can be replaced by a row', () => {
    const { screen, written } = showing('secret');
    screen.commit('> ******\r\n');
    expect(written()).toBe(`\r${esc}[J> ******\r\n`);
  });

  test('can leave nothing', () => {
    const { screen, written } = showing('hello');
    screen.discard();
    screen.discard();
    expect(written()).toBe(`\r${esc}[J`);
  });
});

describe('a text that is longer than the window', () => {
  test('is shown in the rows around the cursor, and one row is left to what is printed', async () => {
    const model = modelOf(4, 4);
    const screen = new Screen((text) => model.write(text), { columns: 4, rows: 4 });
    screen.print('one\r\n');
    screen.show(typed('aabbbbccccddddeeeeff', 12));
    screen.settle();
    await model.flush();
    expect(model.rowsFrom(0)).toEqual(['one', 'cccc', 'dddd', 'eeee']);
    expect(model.cursor()).toEqual({ row: 2, column: 2 });
  });

  test('is shown in one row by a window of one', async () => {
    const model = modelOf(4, 1);
    const screen = new Screen((text) => model.write(text), { columns: 4, rows: 1 });
    screen.show(typed('aabbb'));
    screen.settle();
    await model.flush();
    expect(model.rowsFrom(0)).toEqual(['bbb']);
  });
});

test('clearing leaves the input area in the first row and the scroll-back alone', async () => {
  const model = modelOf(20, 3);
  const screen = new Screen((text) => model.write(text), { columns: 20, rows: 3 });
  screen.show(typed('hello'));
  for (const row of ['one', 'two', 'three', 'four']) screen.print(`${row}\r\n`);
  screen.settle();
  screen.clear();
  await model.flush();
  expect(model.rowsFrom(model.top)).toEqual(['> hello', '', '']);
  expect(model.rowsFrom(0).slice(0, 2)).toEqual(['one', 'two']);
});

test('a window that does not tell its size has 80 columns and 24 rows', () => {
  const { screen, written } = showing('x'.repeat(100), { columns: undefined, rows: 0 });
  screen.print('one\r\n');
  expect(written()).toBe(`${esc}[A\r${esc}[Jone\r\n`);
});
