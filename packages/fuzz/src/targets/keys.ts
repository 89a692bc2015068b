import { KeyDecoder, LineEditor, Terminal } from '@chat-server/terminal';
import { bytesOf } from '../material/bytes';
import { expectDrawn } from '../material/harmless';
import { textPiece } from '../material/text';
import type { Random } from '../random';
import { holds, type Target, trialOf } from '../target';

type Step =
  | { readonly do: 'type'; readonly bytes: string }
  | { readonly do: 'print'; readonly isShared: boolean }
  | { readonly do: 'prompt'; readonly prompt: string }
  | { readonly do: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly do: 'hide'; readonly isHidden: boolean }
  | { readonly do: 'give-up' | 'clear' | 'reset' | 'withdraw' | 'drop' };

const lineBytesMax = 60;
const shownSecret = 'hunter2';
const keys = [
  ...Array.from('\r\x7F\t\x01\x02\x04\x05\x06\x0B\x0C\x15\x17\x19\x14\x03\x12\x10\x0E\x08\x1B\n\0'),
  ...['[A', '[B', '[C', '[D', '[H', '[F', '[3~', '[Z', '[5~', 'OA', 'OP', '[1;5D', '[1;5C'].map(
    (key) => `\u001B${key}`,
  ),
  ...['b', 'f', 'd', '\x7F', '\u001B', '[1;1R', '[24;80R', '[999;1R', '[', '[20', '[200~'].map(
    (key) => `\u001B${key}`,
  ),
  'y',
  'n',
  '\u001B[200~one\rtwo\u001B[201~',
] as unknown as readonly [string, ...string[]];
const sizes = [1, 2, 5, 22, 40, 80, 200, 1_000] as const;

/** A person's terminal: whatever is typed, printed and resized, in whichever order. */
export const terminalKeys: Target<readonly Step[]> = {
  name: 'keys',
  what: 'keys, pastes, resizes and lines to the editor and the screen of a terminal',
  batch: 100,
  share: 20_000,
  generate: (random) => random.some(30, () => aStep(random)),
  open: () => Promise.resolve(trialOf(check)),
};

function aStep(random: Random): Step {
  switch (random.below(12)) {
    case 0:
    case 1:
      return { do: 'print', isShared: random.once(2) };
    case 2:
      return { do: 'resize', columns: random.pick(sizes), rows: random.pick(sizes) };
    case 3:
      return random.once(2)
        ? { do: 'prompt', prompt: random.pick(['', '> ', '#Planes> ', '日本> ', 'x'.repeat(90)]) }
        : { do: 'hide', isHidden: random.once(2) };
    case 4:
      return { do: random.pick(['give-up', 'clear', 'reset', 'withdraw', 'drop']) };
    default:
      return { do: 'type', bytes: random.some(6, () => aKey(random)).join('') };
  }
}

function aKey(random: Random): string {
  return random.once(2) ? random.pick(keys) : textPiece(random).slice(0, 100);
}

function check(steps: readonly Step[]): void {
  const model = new EditorModel();
  const screen = new ScreenModel();
  for (const step of steps) {
    if (step.do === 'type') model.type(bytesOf(step.bytes));
    screen.does(step);
  }
  screen.checkSecret();
}

/** The line editor alone, of which it is known what its view may be. */
class EditorModel {
  readonly #keys = new KeyDecoder({ pasteBytesMax: lineBytesMax * 16 });
  readonly #editor = new LineEditor({
    bytesMax: lineBytesMax,
    pasteLinesMax: 10,
    historyLinesMax: 10,
    historyBytesMax: 500,
    complete,
  });

  type(bytes: Uint8Array): void {
    for (const key of this.#keys.decode(bytes)) {
      const outcome = this.#editor.press(key);
      const { text, cursor } = this.#editor.view();
      holds(cursor >= 0 && cursor <= text.length, 'the cursor is out of the line', text, cursor);
      holds(text.slice(0, cursor).isWellFormed(), 'the cursor is in a character', text, cursor);
      const lines = outcome.kind === 'submitted' ? outcome.lines : [text];
      for (const line of lines) {
        holds(Buffer.byteLength(line) <= lineBytesMax, 'a line is too long', line);
        if (outcome.kind === 'submitted') this.#editor.remember(line);
      }
    }
  }
}

/** A terminal with its screen, of which it is known what may be written to it. */
class ScreenModel {
  #written = '';
  #isHidden = false;
  readonly #terminal = new Terminal({
    write: (text) => void (this.#written += text),
    size: { columns: 80, rows: 24 },
    lineBytesMax,
    complete,
  });

  does(step: Step): void {
    this.#do(step);
    this.#take();
    this.#terminal.settle();
    expectDrawn(Buffer.from(this.#written), 'what is drawn');
    this.#written = '';
  }

  /** A secret is typed, and is nowhere. */
  checkSecret(): void {
    const terminal = this.#terminal;
    terminal.reset();
    terminal.drop();
    terminal.hidden = true;
    terminal.settle();
    this.#written = '';
    terminal.type(bytesOf(`\u001B[201~\u0003${shownSecret}\r`));
    this.#take();
    terminal.settle();
    terminal.hidden = false;
    terminal.type(bytesOf('\u001B[A'));
    this.#take();
    terminal.settle();
    holds(!this.#written.includes(shownSecret), 'a secret is shown', this.#written);
    terminal.leave();
  }

  #do(step: Step): void {
    const terminal = this.#terminal;
    switch (step.do) {
      case 'type':
        terminal.type(bytesOf(step.bytes));
        return;
      case 'print': {
        const around = step.isShared ? terminal.around() : undefined;
        if (around === undefined) terminal.print('[two]: hi\r\n');
        else this.#written += around.before + around.after;
        return;
      }
      case 'prompt':
        terminal.prompt = step.prompt;
        return;
      case 'resize':
        terminal.resize(step);
        return;
      case 'hide':
        this.#isHidden = step.isHidden;
        terminal.hidden = this.#isHidden;
        return;
      case 'give-up':
        terminal.giveUpWaiting();
        return;
      case 'clear':
        terminal.clear();
        return;
      case 'reset':
        terminal.reset();
        return;
      case 'withdraw':
        terminal.withdraw();
        return;
      case 'drop':
        terminal.drop();
    }
  }

  #take(): void {
    for (let event = this.#terminal.next(); event; event = this.#terminal.next()) {
      if (event.kind !== 'line') continue;
      holds(Buffer.byteLength(event.text) <= lineBytesMax, 'a line is too long', event.text);
    }
  }
}

/** Offers two words, whatever was typed. */
function complete(line: string, cursor: number): { start: number; candidates: string[] } {
  return { start: line.slice(0, cursor).search(/\S*$/), candidates: ['alpha', '日本', 'beta'] };
}
