import { StringDecoder } from 'node:string_decoder';
import { Waiting } from './waiting.suite';

/** How long what is expected may take to come. */
const waitMaxMs = 5_000;

// Longer, so that it is told what was waited for.
jest.setTimeout(20_000);

/** What one person has been sent, read like a book: from the beginning, and each line once. */
export class Transcript {
  /** All that came, read or not. */
  all = '';
  #read = 0;
  #hasEnded = false;
  readonly #waiting = new Waiting();
  readonly #decoder = new StringDecoder('utf8');

  constructor(readonly name: string) {}

  get unread(): string {
    return this.all.slice(this.#read);
  }

  feed(more: string | Uint8Array): void {
    this.all += typeof more === 'string' ? more : this.#decoder.write(Buffer.from(more));
    this.#waiting.wake();
  }

  /** Nothing more will come. */
  end(): void {
    this.#hasEnded = true;
    this.#waiting.wake();
  }

  /** Reads on, and expects exactly these lines. */
  async sees(...lines: readonly string[]): Promise<void> {
    const expected = lines.map((line) => `${line}\r\n`).join('');
    await this.reads(expected);
  }

  /** Reads on, and expects exactly this text, line ends included. */
  async reads(expected: string): Promise<void> {
    const mayBeIt = (): boolean => expected.startsWith(this.unread.slice(0, expected.length));
    await this.#until(
      () => this.unread.length >= expected.length || !mayBeIt(),
      JSON.stringify(expected),
    );
    const read = this.unread.slice(0, expected.length);
    if (read !== expected) {
      throw new Error(`${this.name} expects:\n${expected}\nand reads:\n${read}`);
    }
    this.#read += expected.length;
  }

  /** Reads on until this text has been read; what is before it counts for nothing. */
  async shows(text: string): Promise<void> {
    await this.#until(() => this.unread.includes(text), JSON.stringify(text));
    this.#read += this.unread.indexOf(text) + text.length;
  }

  /** The next line. */
  async line(): Promise<string> {
    await this.#until(() => this.unread.includes('\r\n'), 'a line');
    const end = this.unread.indexOf('\r\n');
    const line = this.unread.slice(0, end);
    this.#read += end + 2;
    return line;
  }

  /** Reads on until there is this line; answers those before it. */
  async until(wanted: string, withinMs = waitMaxMs): Promise<string[]> {
    const before: string[] = [];
    const deadline = Date.now() + withinMs;
    for (;;) {
      const end = this.unread.indexOf('\r\n');
      if (end === -1) {
        const leftMs = deadline - Date.now();
        await this.#until(() => this.unread.includes('\r\n'), `the line ${wanted}`, leftMs);
        continue;
      }
      const line = this.unread.slice(0, end);
      this.#read += end + 2;
      if (line === wanted) return before;
      before.push(line);
    }
  }

  /** Reads on until it was closed; answers the lines that came before. */
  async toTheEnd(): Promise<string[]> {
    await this.#until(() => this.#hasEnded, 'the end');
    const lines = this.unread.split('\r\n').filter((line) => line !== '');
    this.#read = this.all.length;
    return lines;
  }

  async #until(isThere: () => boolean, what: string, withinMs = waitMaxMs): Promise<void> {
    const whatIs = (): string => {
      const why = this.#hasEnded ? 'was closed' : 'waits in vain';
      return `${this.name} ${why}, expects ${what}, unread: ${this.#shownUnread}`;
    };
    await this.#waiting.until(() => isThere() || this.#hasEnded, whatIs, withinMs);
    if (!isThere()) throw new Error(whatIs());
  }

  get #shownUnread(): string {
    return JSON.stringify(this.unread.slice(0, 500));
  }
}
