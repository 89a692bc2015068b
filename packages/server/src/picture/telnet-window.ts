import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/headless';
import { readScreen, textOf, type Screen } from './screen';

const waitMaxMs = 15_000;

/** The last that telnet says for itself; what comes after it is from the server. */
const lastOfTelnet = "Escape character is '^]'.\r\n";

/**
 * Someone with telnet on a pseudo-terminal, drawn by xterm.js.
 *
 * `script` makes the pseudo-terminal and hands on what is written to it, byte for byte. What telnet
 * itself says while it connects is left out, since that names the address and not the chat.
 */
export class TelnetWindow {
  readonly #telnet: ChildProcessByStdio<Writable, Readable, null>;
  readonly #terminal: Terminal;
  readonly #drawing = new EventEmitter<{ drawn: [] }>();
  readonly #ended = new AbortController();
  /** What telnet has said for itself until now; undefined once it has said all. */
  #preamble: string | undefined = '';

  constructor(port: number, columns: number, rows: number) {
    this.#terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
    this.#terminal.unicode.activeVersion = '15-graphemes';
    const command = `stty cols ${columns} rows ${rows} && exec telnet 127.0.0.1 ${port}`;
    this.#telnet = spawn('script', ['-qfec', command, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#telnet.stdout.setEncoding('utf8');
    this.#telnet.stdout.on('data', (text: string) => this.#take(text));
    this.#telnet.once('error', (error) => this.#ended.abort(error));
    this.#telnet.once('exit', () => this.#ended.abort());
    // The server asks the terminal what it can do.
    this.#terminal.onData((answer) => this.types(answer));
  }

  /** Types characters, as a keyboard sends them. */
  types(text: string): void {
    this.#telnet.stdin.write(text);
  }

  /** Types a line and ends it with Enter. */
  enters(line: string): void {
    this.types(`${line}\r`);
  }

  /** Waits until the last rows, down to the cursor's, hold these texts. */
  async shows(...texts: readonly string[]): Promise<void> {
    const signal = AbortSignal.any([AbortSignal.timeout(waitMaxMs), this.#ended.signal]);
    try {
      while (!this.#isShown(texts)) await once(this.#drawing, 'drawn', { signal });
    } catch (cause) {
      const screen = this.#preamble ?? this.screen().rows.map(textOf).join('\n');
      throw new Error(`Expected:\n${texts.join('\n')}\nand the screen is:\n${screen}`, { cause });
    }
  }

  /** What is on the screen now. */
  screen(): Screen {
    return readScreen(this.#terminal);
  }

  #isShown(texts: readonly string[]): boolean {
    const { rows, cursor } = this.screen();
    const last = rows.slice(0, cursor.row + 1).slice(-texts.length);
    return (
      last.length === texts.length &&
      texts.every((text, at) => textOf(last[at] ?? []).includes(text))
    );
  }

  #take(text: string): void {
    if (this.#preamble === undefined) return this.#draw(text);
    this.#preamble += text;
    const end = this.#preamble.indexOf(lastOfTelnet);
    if (end < 0) return;
    const rest = this.#preamble.slice(end + lastOfTelnet.length);
    this.#preamble = undefined;
    this.#draw(rest);
  }

  #draw(text: string): void {
    this.#terminal.write(text, () => this.#drawing.emit('drawn'));
  }
}
