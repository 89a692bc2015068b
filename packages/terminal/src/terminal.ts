import type { Candidates } from './editor/completion';
import { LineEditor, type EditorOutcome } from './editor/line-editor';
import { KeyDecoder } from './keys/key-decoder';
import type { Key, KeyName } from './keys/key';
import { type Around, Screen } from './screen/screen';

/** What Tab may put in place of [start, cursor), the likeliest first. */
export type Completer = (line: string, cursor: number) => Candidates;

/** Has the terminal put a paste between brackets (xterm's ctlseqs, mode 2004), or not any more. */
const bracketPastes = '\u001B[?2004h';
const pasteAsTyped = '\u001B[?2004l';

/** Longer is no paste, but a file. */
const pasteLinesMax = 100;
const historyLinesMax = 100;
const historyBytesMax = 8 * 1024;

export interface TerminalOptions {
  /** Where the terminal's bytes go. */
  readonly write: (text: string) => void;
  readonly size: TerminalSize;
  /** How long a line may be, in bytes of UTF-8. */
  readonly lineBytesMax: number;
  readonly complete: Completer;
  /** Whether a line has a secret in it: it is neither left on the screen nor remembered. */
  readonly isSecret?: (line: string) => boolean;
}

/** In characters; undefined where the client does not tell. */
export interface TerminalSize {
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

/** What came of what was typed. */
export type TerminalEvent =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'quit' }
  | { readonly kind: 'paste-refused'; readonly reason: 'too-long' | 'too-many-lines' };

const never = (): boolean => false;

/**
 * A person's terminal: keys go into a line editor, what the editor has is shown at the bottom of
 * the screen, and what arrives is printed above it.
 *
 * A line that was entered stays on the screen as it was typed, unless it is withdrawn before
 * anything else is shown.
 */
export class Terminal {
  readonly #keys: KeyDecoder;
  readonly #editor: LineEditor;
  readonly #screen: Screen;
  readonly #write: (text: string) => void;
  readonly #isSecret: (line: string) => boolean;
  #prompt = '';
  #waiting: Key[] | undefined;
  #events: TerminalEvent[] | undefined;
  /** Whether a line was entered that is still where it was typed. */
  #isEntered = false;

  constructor({ write, size, lineBytesMax, complete, isSecret = never }: TerminalOptions) {
    this.#keys = new KeyDecoder({ pasteBytesMax: lineBytesMax * 16 });
    this.#editor = new LineEditor({
      bytesMax: lineBytesMax,
      pasteLinesMax,
      historyLinesMax,
      historyBytesMax,
      complete,
    });
    this.#screen = new Screen(write, size);
    this.#write = write;
    this.#isSecret = isSecret;
    write(bracketPastes);
  }

  get prompt(): string {
    return this.#prompt;
  }

  /** What stands in front of the line; shown with the next `settle`. */
  set prompt(prompt: string) {
    if (prompt === this.#prompt) return;
    this.#prompt = prompt;
    if (!this.#isEntered) this.#show();
  }

  /** Whether a secret is being typed, of which nothing is shown or remembered. */
  get hidden(): boolean {
    return this.#editor.hidden;
  }

  set hidden(isHidden: boolean) {
    if (isHidden === this.#editor.hidden) return;
    this.#editor.hidden = isHidden;
    if (!this.#isEntered) this.#show();
  }

  /** Whether the terminal has been asked where its cursor is. */
  get isWaiting(): boolean {
    return this.#screen.isWaiting;
  }

  /** Takes over a row on which that many columns stand already. */
  adopt(columns: number): void {
    this.#screen.adopt(columns);
  }

  /** Takes bytes that were typed, to be looked at by `next`. */
  type(bytes: Uint8Array): void {
    const keys = this.#keys.decode(bytes);
    this.#waiting = this.#waiting === undefined ? keys : [...this.#waiting, ...keys];
  }

  /** Takes a key that came by another way. */
  press(name: KeyName): void {
    (this.#waiting ??= []).push({ kind: 'key', name });
  }

  /** Keys that have not been looked at, and lines that have not been taken. */
  get waiting(): number {
    return (this.#waiting?.length ?? 0) + (this.#events?.length ?? 0);
  }

  /** What comes of the keys, up to the next of these; what is typed behind it waits. */
  next(): TerminalEvent | undefined {
    for (;;) {
      const event = this.#events?.shift();
      if (event !== undefined) return event;
      this.#events = undefined;
      const key = this.#waiting?.shift();
      if (key === undefined) {
        this.#waiting = undefined;
        return undefined;
      }
      this.#events = this.#take(key);
    }
  }

  /** Forgets what was typed and not looked at. */
  drop(): void {
    this.#waiting = undefined;
    this.#events = undefined;
  }

  /** Shows finished rows above the line that is being typed. */
  print(rows: string): void {
    this.#settleEntered();
    this.#screen.print(rows);
  }

  /** Puts the line that is being typed back below what was printed. */
  settle(): void {
    this.#settleEntered();
    this.#screen.settle();
  }

  /**
   * What to write in front of and behind finished rows, so that they are printed as by `print` and
   * `settle`; the same object while it is the same. Undefined when only those can do it.
   */
  around(): Around | undefined {
    this.#settleEntered();
    const around = this.#screen.around();
    // With nothing in front there is no line to be put back either: it is away already.
    return around?.before === '' ? undefined : around;
  }

  /** Takes the line that was entered off the screen. */
  withdraw(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    this.#screen.discard();
    this.#show();
  }

  resize(size: TerminalSize): void {
    this.#settleEntered();
    this.#screen.resize(size);
  }

  clear(): void {
    this.#settleEntered();
    this.#screen.clear();
  }

  bell(): void {
    this.#screen.bell();
  }

  giveUpWaiting(): void {
    this.#screen.giveUpWaiting();
  }

  /** Forgets what was being typed. */
  reset(): void {
    this.#editor.reset();
    this.#settleEntered();
    this.#show();
  }

  /** Leaves the screen to whoever comes next, as it was found. */
  leave(): void {
    this.#settleEntered();
    this.#screen.discard();
    this.#write(pasteAsTyped);
  }

  #take(key: Key): TerminalEvent[] {
    if (key.kind === 'cursor-report') {
      this.#screen.cursorReported(key.row, key.column);
      return [];
    }
    this.#settleEntered();
    return this.#follow(this.#editor.press(key));
  }

  #follow(outcome: EditorOutcome): TerminalEvent[] {
    switch (outcome.kind) {
      case 'nothing':
        return [];
      case 'bell':
        this.#screen.bell();
        return [];
      case 'edited':
      case 'appended':
      case 'cancelled':
        this.#show();
        return [];
      case 'clear-screen':
        this.#screen.clear();
        return [];
      case 'submitted':
        this.#isEntered = true;
        if (outcome.lines.some((line) => this.#isSecret(line))) this.withdraw();
        for (const line of outcome.lines) {
          if (!this.#isSecret(line)) this.#editor.remember(line);
        }
        return outcome.lines.map((text) => ({ kind: 'line', text }));
      case 'quit':
        return [{ kind: 'quit' }];
      case 'paste-refused':
        this.#show();
        return [outcome];
    }
  }

  /** What was entered and not withdrawn stays as it was typed. */
  #settleEntered(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    this.#screen.commit();
    this.#show();
  }

  #show(): void {
    const { prompt = this.#prompt, text, cursor } = this.#editor.view();
    this.#screen.show({ prompt, text, cursor });
  }
}
