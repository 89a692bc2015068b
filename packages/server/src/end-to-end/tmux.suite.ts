import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { widthOf } from '@chat-server/terminal';
import { Waiting } from '../waiting.suite';

/** How long a window may take to show what is expected. */
const waitMaxMs = 15_000;

const open = new Set<TmuxWindow>();
let windows = 0;

afterEach(() => {
  for (const window of open) window.close();
});

/** A program on a real terminal, whose screen can be read: a tmux server of its own. */
export class TmuxWindow {
  readonly #socket = `chat-${process.pid}-${++windows}`;
  readonly #control: ChildProcess;
  readonly #waiting = new Waiting();

  constructor(
    command: string,
    columns = 80,
    rows = 24,
    environment: Readonly<Record<string, string>> = {},
  ) {
    const size = ['-x', `${columns}`, '-y', `${rows}`];
    const variables = Object.entries(environment).flatMap(([name, value]) => [
      '-e',
      `${name}=${value}`,
    ]);
    this.#tmux('new-session', '-d', ...size, ...variables, command);
    this.#tmux('set-option', '-g', 'remain-on-exit', 'on');
    this.#tmux('set-option', '-g', 'window-size', 'manual');
    // Says when there is something new to read.
    this.#control = spawn('tmux', ['-u', '-L', this.#socket, '-C', 'attach'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#control.stdout?.on('data', () => this.#waiting.wake());
    open.add(this);
  }

  /** Types characters, as a keyboard sends them. */
  types(text: string): void {
    this.#tmux('send-keys', '-l', '--', text);
  }

  /** Presses keys by tmux' names for them: `Enter`, `Up`, `C-a`. */
  presses(...keys: readonly string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  /** Types a line and ends it with Enter. */
  enters(line: string): void {
    this.types(line);
    this.presses('Enter');
  }

  /** Pastes, in brackets where the program has asked for them. */
  pastes(text: string): void {
    this.#tmux('set-buffer', '--', text);
    this.#tmux('paste-buffer', '-p');
  }

  /** Resizes it, until the program can know: tmux tells it a quarter of a second later. */
  async resize(columns: number, rows: number): Promise<void> {
    this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`);
    const terminal = this.#tmux('display-message', '-p', '#{pane_tty}').trim();
    const size = (): string => execFileSync('stty', ['-F', terminal, 'size']).toString().trim();
    const deadline = Date.now() + waitMaxMs;
    while (size() !== `${rows} ${columns}`) {
      if (Date.now() > deadline) throw new Error(`the program’s terminal has the size ${size()}`);
      await setTimeout(10);
    }
  }

  /** The rows of the screen, without the empty ones below. */
  get rows(): string[] {
    return this.#tmux('capture-pane', '-p')
      .trimEnd()
      .split('\n')
      .map((row) => row.trimEnd());
  }

  /** All rows, also those that have left the screen. */
  get history(): string[] {
    return this.#tmux('capture-pane', '-p', '-S', '-').trimEnd().split('\n');
  }

  /** The screen with its colours, as escape sequences. */
  get drawn(): string {
    return this.#tmux('capture-pane', '-p', '-e');
  }

  /** Where the cursor is, from 0. */
  get cursor(): { readonly column: number; readonly row: number } {
    const [column = '', row = ''] = this.#tmux(
      'display-message',
      '-p',
      '#{cursor_x} #{cursor_y}',
    ).split(' ');
    return { column: Number(column), row: Number(row) };
  }

  /** Waits for the last rows to be these. */
  async shows(...expected: readonly string[]): Promise<void> {
    const wanted = expected.map((row) => row.trimEnd());
    let shown: readonly string[] = [];
    const isShown = (): boolean => {
      shown = this.rows.slice(-expected.length);
      return shown.join('\n') === wanted.join('\n');
    };
    await this.until(isShown, expected.join('\n'));
    // oxlint-disable-next-line jest/no-standalone-expect -- a step of the tests that call it
    expect(shown).toEqual(wanted);
  }

  /** The same, with the cursor behind the last of them. */
  async showsTyped(...expected: readonly string[]): Promise<void> {
    await this.shows(...expected);
    const column = widthOf(expected.at(-1) ?? '');
    await this.until(
      () => this.cursor.column === column && this.cursor.row === this.rows.length - 1,
      `the cursor behind ${expected.at(-1)}`,
    );
  }

  /** Waits for a row that is or has been on the screen. */
  async sees(row: string): Promise<void> {
    await this.until(() => this.history.some((each) => each.trimEnd() === row), row);
  }

  async until(isThere: () => boolean, what: string): Promise<void> {
    const whatIs = (): string =>
      `expected:\n${what}\nand the screen is:\n${this.rows.join('\n')}\ncursor: ${JSON.stringify(this.cursor)}`;
    await this.#waiting.until(isThere, whatIs, waitMaxMs);
  }

  close(): void {
    open.delete(this);
    this.#control.kill();
    this.#tmux('kill-server');
  }

  #tmux(...args: readonly string[]): string {
    const { PATH = '', HOME = '' } = process.env;
    return execFileSync('tmux', ['-u', '-f', '/dev/null', '-L', this.#socket, ...args], {
      encoding: 'utf8',
      // Some clients are where Debian has its games.
      env: { PATH: `${PATH}:/usr/games`, HOME, LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
