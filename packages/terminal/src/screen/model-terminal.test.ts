import { ModelTerminal } from './model-terminal.suite';

/** A terminal that reflows, with its cursor in the row above the end of a text that fills it. */
async function fullTerminal(): Promise<ModelTerminal> {
  const terminal = new ModelTerminal(4, 4, 'reflow', () => undefined);
  terminal.write('m\r\naaaaa日本\x1b[A');
  await terminal.flush();
  return terminal;
}

describe('the model of a terminal that reflows', () => {
  test('keeps all of a line when its rows below the cursor no longer fit the window', async () => {
    const terminal = await fullTerminal();
    await terminal.resize(2, 4);
    expect(terminal.lines().slice(0, 2)).toEqual(['m', 'aaaaa日本']);
    terminal.dispose();
  });
});
