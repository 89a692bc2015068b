import { layOut } from './input-area';
import type { InputArea } from './input-area';
import type { InputView } from './input-view';
import type { ResizeKind } from './cursor-doubt';
import { ModelTerminal } from './model-terminal.suite';
import { Screen } from './screen';

/** What a screen is asked to do, or what happens to it. */
export type Operation =
  | { readonly kind: 'show'; readonly view: InputView }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'print' | 'fan-out' | 'commit-row'; readonly row: string }
  | { readonly kind: 'settle' | 'answer' | 'clear' | 'commit' | 'discard' }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number };

/** What is on a screen, and what should be. */
interface Sight {
  readonly printed: readonly string[];
  readonly area: readonly string[];
  readonly below: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
  /** The row of the area in which the cursor's line begins: 0 when its rows flow into each other. */
  readonly lineStart: number;
}

/** A line left by the screen: as it was printed, or a view as it is drawn when its turn comes. */
type Left = string | InputView;

/** A screen and a model terminal that is connected to it, with what the screen should show. */
export class ScreenWorld {
  readonly #model: ModelTerminal;
  readonly #screen: Screen;
  readonly #reports: string[] = [];
  #view: InputView | undefined;
  /** The lines that should stand above the area, since the last clear or tear. */
  #left: Left[] = [];

  constructor(columns: number, rows: number, kind: ResizeKind) {
    this.#model = new ModelTerminal(columns, rows, kind, (report) => this.#reports.push(report));
    this.#screen = new Screen((text) => this.#model.write(text), { columns, rows });
  }

  /**
   * Lets the screen learn of which kind the terminal is, by a resize where the cursor's column
   * tells. Without it a terminal that keeps its rows is taken for one that reflows wherever the
   * column cannot tell.
   */
  async teach(): Promise<void> {
    const { columns, rows } = this.#size();
    await this.#resize(20, 10);
    this.#show({ prompt: '', text: 'x'.repeat(45), cursor: 45 });
    await this.settled();
    await this.#resize(15, 10);
    await this.settled();
    this.#screen.discard();
    this.#leave(undefined);
    await this.#resize(columns, rows);
  }

  async run(operation: Operation): Promise<void> {
    switch (operation.kind) {
      case 'show':
        return this.#show(operation.view);
      case 'type':
        return this.#type(operation.text);
      case 'print':
        return this.#print(operation.row);
      case 'fan-out':
        return this.#fanOut(operation.row);
      case 'commit-row':
        this.#screen.commit(`${operation.row}\r\n`);
        return this.#leave(operation.row);
      case 'commit':
        this.#screen.commit();
        return this.#leave(this.#view);
      case 'discard':
        this.#screen.discard();
        return this.#leave(undefined);
      case 'settle':
        return this.#screen.settle();
      case 'clear':
        this.#screen.clear();
        this.#left = [];
        return;
      case 'resize':
        return this.#resize(operation.columns, operation.rows);
      case 'answer':
        await this.#model.flush();
        return this.#answer();
    }
  }

  /** Lets everything that is under way arrive, and draws the area. */
  async settled(): Promise<void> {
    this.#screen.settle();
    await this.#model.flush();
    while (this.#reports.length > 0) {
      this.#answer();
      await this.#model.flush();
    }
    this.#screen.settle();
    await this.#model.flush();
  }

  /** What is on the screen, as much of it as is known; to be called when it has settled. */
  seen(): Sight {
    const area = this.#area();
    const cursor = this.#model.cursor();
    const first = cursor.row - area.cursor.row;
    const line = this.#model.cursorLine();
    const lines = this.#model.lines().slice(0, line.index);
    const rows = this.#model.rowsFrom(first);
    return {
      printed: lines.slice(lines.length - this.#left.length).map(comparable),
      area: rows.slice(0, area.rows),
      below: rows.slice(area.rows).filter((row) => row !== ''),
      cursor: { row: area.cursor.row, column: cursor.column },
      lineStart: line.firstRow - first,
    };
  }

  /** What should be on the screen. */
  expected(): Sight {
    const area = this.#area();
    return {
      printed: this.#left.map((line) => (typeof line === 'string' ? comparable(line) : '')),
      area: rowsOf(area),
      below: [],
      cursor: area.cursor,
      lineStart: 0,
    };
  }

  dispose(): void {
    this.#model.dispose();
  }

  get isWaiting(): boolean {
    return this.#screen.isWaiting;
  }

  #show(view: InputView): void {
    this.#view = view;
    this.#screen.show(view);
  }

  #type(text: string): void {
    const { prompt, text: before } = this.#view ?? { prompt: '> ', text: '' };
    const typed = before + text;
    this.#show({ prompt, text: typed, cursor: typed.length });
  }

  #print(row: string): void {
    this.#screen.print(`${row}\r\n`);
    this.#left.push(row);
  }

  #fanOut(row: string): void {
    const around = this.#screen.around();
    if (around === undefined) return this.#print(row);
    this.#model.write(`${around.before}${row}\r\n${around.after}`);
    this.#left.push(row);
  }

  #leave(left: Left | undefined): void {
    if (left !== undefined) this.#left.push(left);
    this.#view = undefined;
    this.#fixLeft();
  }

  async #resize(columns: number, rows: number): Promise<void> {
    await this.#model.resize(columns, rows);
    // Part of the area has left the window: nothing can be known of what is above.
    if (this.#model.cursorLine().firstRow < this.#model.top) this.#left = [];
    this.#screen.resize({ columns, rows });
    this.#fixLeft();
  }

  #answer(): void {
    const [, row, column] = /\[(\d+);(\d+)R/.exec(this.#reports.shift() ?? '') ?? [];
    if (row === undefined || column === undefined) return;
    this.#screen.cursorReported(Number(row), Number(column));
    this.#fixLeft();
  }

  /** What was left while the screen waited is drawn for the size at which it no longer does. */
  #fixLeft(): void {
    if (this.#screen.isWaiting) return;
    this.#left = this.#left.map((line) =>
      typeof line === 'string' ? line : textOf(layOut(line, this.#size())),
    );
  }

  #area(): InputArea {
    return layOut(this.#view ?? { prompt: '', text: '', cursor: 0 }, this.#size());
  }

  #size(): { columns: number; rows: number } {
    return { columns: this.#model.columns, rows: this.#model.rows };
  }
}

/** A printed line without its marks, which xterm.js mixes up when it wraps a line anew. */
function comparable(line: string): string {
  return line.replaceAll(/.\u0301+/gu, '?').trimEnd();
}

function textOf(area: InputArea): string {
  return area.cells.map(({ text }) => text).join('');
}

function rowsOf(area: InputArea): string[] {
  const rows = Array.from({ length: area.rows }, () => '');
  for (const [index, { text }] of area.cells.entries()) {
    const row = area.places[index]?.row ?? 0;
    rows[row] = (rows[row] ?? '') + text;
  }
  return rows.map((row) => row.trimEnd());
}
