import * as fc from 'fast-check';
import type { Candidates } from './editor/completion';
import { LineEditor } from './editor/line-editor';
import { KeyDecoder } from './keys/key-decoder';
import { renderLine, type Look } from './look/look';
import type { ResizeKind } from './screen/cursor-doubt';
import { ModelTerminal } from './screen/model-terminal.suite';
import { Terminal } from './terminal';
import { graphemesOf } from './text-width';

/** How much is done in all, over many terminals; more with TERMINAL_OPERATIONS. */
const operations = Number(process.env['TERMINAL_OPERATIONS'] ?? 4_000);
const operationsOfOneMax = 40;
const lineBytesMax = 120;

jest.setTimeout(600_000);

type Operation =
  | { readonly kind: 'keys'; readonly bytes: string }
  | { readonly kind: 'message'; readonly text: string; readonly isShared: boolean }
  | { readonly kind: 'prompt'; readonly room: string }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number };

const typing = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[ -~]{1,12}$/) },
  { weight: 1, arbitrary: fc.constantFrom('日本', '😀', 'né', 'e\u0301', ' ', '世', 'ß') },
);
const escape = '\u001B';
const pressing = fc.constantFrom(
  ...Array.from('\r\u007F\t\u0001\u0005\u000B\u0015\u0017\u0019\u0014\u0003\u0012\u0010\u000E'),
  ...['[A', '[B', '[C', '[D', '[H', '[F', '[3~', 'b', 'f', 'd'].map((key) => escape + key),
);
const pasting = fc
  .array(fc.stringMatching(/^[ -~]{0,10}$/), { minLength: 1, maxLength: 4 })
  .map((lines) => `${escape}[200~${lines.join('\r')}${escape}[201~`);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('keys' as const),
      bytes: fc.oneof(
        { weight: 6, arbitrary: typing },
        { weight: 6, arbitrary: pressing },
        { weight: 1, arbitrary: pasting },
        { weight: 1, arbitrary: fc.constantFrom('y', 'n') },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      text: fc.stringMatching(/^[a-z]{1,8}$/),
      isShared: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('prompt' as const),
      room: fc.constantFrom('Planes', 'a', 'Trains_and_more'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('resize' as const),
      columns: fc.integer({ min: 22, max: 100 }),
      rows: fc.integer({ min: 12, max: 40 }),
    }),
  },
);

interface Seen {
  readonly typed: string;
  readonly printed: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

/** Offers two words, whatever was typed. */
function complete(line: string, cursor: number): Candidates {
  return { start: line.slice(0, cursor).search(/\S*$/), candidates: ['alpha', 'beta'] };
}

/** Somebody's terminal, and what must be seen on it. */
class World {
  readonly #model: ModelTerminal;
  readonly #terminal: Terminal;
  readonly #keys = new KeyDecoder({ pasteBytesMax: lineBytesMax * 16 });
  readonly #editor: LineEditor;
  readonly #look: Look;
  #prompt = '#Planes> ';
  #messages = 0;
  /** Rows that have been printed, in order. */
  readonly #printed: string[] = [];

  constructor(kind: ResizeKind) {
    const size = { columns: 80, rows: 24 };
    this.#model = new ModelTerminal(size.columns, size.rows, kind, (report) =>
      this.#terminal.type(Buffer.from(report)),
    );
    const write = (text: string): void => this.#model.write(text);
    this.#terminal = new Terminal({ write, size, lineBytesMax, complete });
    this.#editor = new LineEditor({
      bytesMax: lineBytesMax,
      pasteLinesMax: 100,
      historyLinesMax: 100,
      historyBytesMax: 8 * 1024,
      complete,
    });
    this.#look = {
      columns: 80,
      colours: 256,
      theme: 'any',
      isScreenReader: false,
      clock: undefined,
    };
    this.#terminal.prompt = this.#prompt;
    this.#terminal.settle();
  }

  /**
   * A resize that shows which kind of terminal it is: one that does not touch its cursor's line is
   * otherwise taken for one that reflows, whenever its answer fits both.
   */
  async teach(): Promise<void> {
    await this.does({ kind: 'keys', bytes: 'x'.repeat(21) });
    await this.does({ kind: 'resize', columns: 25, rows: 24 });
    await this.does({ kind: 'keys', bytes: '\u0015' });
  }

  async does(step: Operation): Promise<void> {
    switch (step.kind) {
      case 'keys':
        this.#type(step.bytes);
        break;
      case 'message':
        this.#message(step.text, step.isShared);
        break;
      case 'prompt':
        this.#prompt = `#${step.room}> `;
        this.#terminal.prompt = this.#prompt;
        break;
      case 'resize':
        await this.#model.resize(step.columns, step.rows);
        this.#terminal.resize(step);
    }
    await this.#settle();
  }

  #type(bytes: string): void {
    this.#terminal.type(Buffer.from(bytes));
    for (const key of this.#keys.decode(Buffer.from(bytes))) {
      const outcome = this.#editor.press(key);
      if (outcome.kind !== 'submitted') continue;
      for (const line of outcome.lines) this.#editor.remember(line);
    }
    for (let event = this.#terminal.next(); event; event = this.#terminal.next()) {
      // What is said comes back as a message when the room has it.
      if (event.kind === 'line') this.#terminal.withdraw();
    }
  }

  #message(text: string, isShared: boolean): void {
    const row = `[two]: ${text}${++this.#messages}`;
    this.#printed.push(row);
    const drawn = renderLine(row, this.#look, 0);
    const around = isShared ? this.#terminal.around() : undefined;
    if (around === undefined) this.#terminal.print(drawn);
    else this.#model.write(around.before + drawn + around.after);
  }

  /** Lets the terminal answer what it was asked, and everything be drawn. */
  async #settle(): Promise<void> {
    this.#terminal.settle();
    await this.#model.flush();
    while (this.#terminal.waiting > 0) {
      this.#terminal.next();
      this.#terminal.settle();
      await this.#model.flush();
    }
  }

  /** The line at the end, what is above it, and the cursor's place in that line. */
  seen(): Seen {
    const lines = this.#model.lines().filter((line) => line !== '');
    const typed = lines.pop() ?? '';
    const { row, column } = this.#model.cursor();
    return {
      typed,
      printed: lines,
      cursor: { row: row - this.#model.cursorLine().firstRow, column },
    };
  }

  expected(): Seen {
    const { prompt = this.#prompt, text, cursor } = this.#editor.view();
    const line = prompt + text;
    const before = prompt + text.slice(0, cursor);
    return {
      typed: line.trimEnd(),
      printed: this.#printed,
      cursor: placeOf(before, line, this.#model.columns),
    };
  }
}

/** Where the cursor is behind `before` in a text that flows over rows. */
function placeOf(before: string, whole: string, columns: number): { row: number; column: number } {
  let row = 0;
  let column = 0;
  const next = graphemesOf(whole)[graphemesOf(before).length];
  for (const { width } of [...graphemesOf(before), { width: next?.width ?? 1 }]) {
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    column += width;
  }
  return { row, column: column - (next?.width ?? 1) };
}

describe.each<ResizeKind>(['reflow', 'keep'])('at a terminal of the kind %s', (kind) => {
  test('keys, pastes, messages and resizes never tear a line, nor leave the cursor astray', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: operationsOfOneMax, size: 'max' }),
        async (steps) => {
          const world = new World(kind);
          await world.teach();
          expect(world.seen()).toEqual(world.expected());
          for (const step of steps) {
            await world.does(step);
            expect(world.seen()).toEqual(world.expected());
          }
        },
      ),
      { numRuns: Math.ceil(operations / 2 / (operationsOfOneMax / 2)) },
    );
  });
});
