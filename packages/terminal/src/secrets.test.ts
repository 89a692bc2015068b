import { ModelTerminal } from './screen/model-terminal.suite';
import { Terminal } from './terminal';

const up = '\u001B[A';

/** Someone at a terminal, where lines with a `!` in front have a secret in them. */
class Typist {
  readonly #model = new ModelTerminal(80, 24, 'reflow', () => undefined);
  readonly terminal = new Terminal({
    write: (text) => this.#model.write(text),
    size: { columns: 80, rows: 24 },
    lineBytesMax: 100,
    complete: () => ({ start: 0, candidates: [] }),
    isSecret: (line) => line.startsWith('!'),
  });

  constructor() {
    this.terminal.prompt = '> ';
    this.terminal.settle();
  }

  /** Types, and gives the lines that came of it. */
  types(text: string): string[] {
    const lines: string[] = [];
    this.terminal.type(Buffer.from(text));
    for (let event = this.terminal.next(); event !== undefined; event = this.terminal.next()) {
      if (event.kind === 'line') lines.push(event.text);
    }
    this.terminal.settle();
    return lines;
  }

  /** The lines on the screen, but for empty ones. */
  async sees(): Promise<string[]> {
    await this.#model.flush();
    return this.#model.lines().filter((line) => line !== '');
  }

  leaves(): void {
    this.#model.dispose();
  }
}

test('a secret that is asked for is shown nowhere and remembered nowhere', async () => {
  const typist = new Typist();
  typist.types('hello\r');
  typist.terminal.hidden = true;
  typist.terminal.prompt = 'Password: ';
  expect(typist.types(`hunter2\u0017hunter2${up}`)).toEqual([]);
  expect(await typist.sees()).toEqual(['> hello', 'Password:']);
  expect(typist.types('\r')).toEqual(['hunter2']);
  typist.terminal.hidden = false;
  typist.terminal.prompt = '> ';
  typist.types('\u0019');
  expect(await typist.sees()).toEqual(['> hello', 'Password:', '>']);
  typist.types(up);
  expect(await typist.sees()).toEqual(['> hello', 'Password:', '> hello']);
  typist.leaves();
});

test('a line with a secret in it leaves the screen when it is entered, and is not remembered', async () => {
  const typist = new Typist();
  typist.types('hello\r');
  typist.types('!hunter2');
  expect(await typist.sees()).toEqual(['> hello', '> !hunter2']);
  expect(typist.types('\r')).toEqual(['!hunter2']);
  expect(await typist.sees()).toEqual(['> hello', '>']);
  expect(typist.types(`${up}\r`)).toEqual(['hello']);
  typist.leaves();
});
