import { sanitizeText } from '@chat-server/protocol';
import type { Key, KeyName } from '../keys/key';
import { candidatesMax, completed, Completion } from './completion';
import type { Candidates } from './completion';
import { flatCopy } from './flat-copy';
import { History } from './history';
import type { HistoryLimits } from './history';
import { HistorySearch } from './history-search';
import { KillRing } from './kill-ring';
import { LineBuffer } from './line-buffer';
import type { TextAtCursor } from './line-buffer';
import { PasteQuestion } from './paste-question';
import { linesOf, refusalOf } from './pasted-lines';
import type { PasteLimits, PasteRefusal } from './pasted-lines';
import { utf8Bytes } from './utf8-bytes';

export interface LineEditorOptions extends HistoryLimits, PasteLimits {
  /** What Tab may put in place of [start, cursor), the likeliest first; start is not behind cursor. */
  readonly complete: (line: string, cursor: number) => Candidates;
}

/** What a key did, for whoever owns the screen and the connection. */
export type EditorOutcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'bell' }
  /** The view has changed. */
  | { readonly kind: 'edited' }
  /** The view has changed only by this text at its end, where the cursor still is. */
  | { readonly kind: 'appended'; readonly text: string }
  /** These are to be sent, at least one and each within bytesMax; the editor is empty again. */
  | { readonly kind: 'submitted'; readonly lines: readonly string[] }
  /** Nothing of the paste was taken over. */
  | { readonly kind: 'paste-refused'; readonly reason: PasteRefusal }
  /** The line was thrown away. */
  | { readonly kind: 'cancelled' }
  /** ^D on an empty line. */
  | { readonly kind: 'quit' }
  /** Everything is to be drawn anew, the view too. */
  | { readonly kind: 'clear-screen' };

export interface EditorView {
  /** A question or a search of the editor's own; undefined where the owner's prompt belongs. */
  readonly prompt: string | undefined;
  readonly text: string;
  /** An index into the text, between two characters as a person sees them. */
  readonly cursor: number;
}

const nothing: EditorOutcome = { kind: 'nothing' };
const bell: EditorOutcome = { kind: 'bell' };
const edited: EditorOutcome = { kind: 'edited' };
const killKeys: ReadonlySet<KeyName> = new Set([
  'rubout-word',
  'delete-word-left',
  'delete-word-right',
  'delete-to-start',
  'delete-to-end',
]);

/**
 * One line that a person writes at a terminal, with readline's keys, history and search, and
 * with completion. It is a pure state machine: a key comes in, and what is to be done goes out.
 *
 * A text that would make the line longer than `bytesMax` bytes of UTF-8 is refused as a whole, with
 * a bell: nothing is ever cut silently. Several lines that are pasted are sent only after a `y`.
 * What is submitted is sanitised.
 *
 * Only `remember` puts a line into the history, since only the owner knows which lines are worth it.
 *
 * Memory is bounded by `historyBytesMax`, some 40 bytes more for each line, a few times `bytesMax`,
 * and the paste that a question is about.
 */
export class LineEditor {
  private readonly options: LineEditorOptions;
  private readonly line: LineBuffer;
  private readonly history: History;
  private readonly kills = new KillRing();
  private mode: PasteQuestion | HistorySearch | Completion | undefined;
  private isHidden = false;

  constructor(options: LineEditorOptions) {
    this.options = options;
    this.line = new LineBuffer(options.bytesMax);
    this.history = new History(options);
  }

  /**
   * Whether a secret is being typed: then nothing of the line is in the view, and it can neither be
   * yanked later nor remembered, and there is no history, search or completion. A text that stands
   * there already stays when this becomes true, and is forgotten when it becomes false.
   */
  get hidden(): boolean {
    return this.isHidden;
  }

  set hidden(isHidden: boolean) {
    if (isHidden === this.isHidden) return;
    if (isHidden) this.leaveMode();
    else this.reset();
    this.isHidden = isHidden;
  }

  view(): EditorView {
    const { mode } = this;
    if (mode?.kind === 'question') return { prompt: mode.prompt, text: '', cursor: 0 };
    if (mode?.kind === 'search') return { prompt: mode.prompt, ...mode.shown };
    if (this.isHidden) return { prompt: undefined, text: '', cursor: 0 };
    return { prompt: undefined, text: this.line.text, cursor: this.line.cursor };
  }

  /** Adds a line to the history; ignored while `hidden`, so that no secret gets there. */
  remember(line: string): void {
    if (!this.isHidden) this.history.remember(line);
  }

  /** Forgets the line, and any question or search about it; the history stays. */
  reset(): void {
    this.mode = undefined;
    this.line.clear();
    this.history.leave();
    this.kills.separate();
  }

  /** A cursor report is none of its business, and does nothing. */
  press(key: Key): EditorOutcome {
    if (key.kind !== 'key' || !killKeys.has(key.name)) this.kills.separate();
    if (key.kind === 'cursor-report') return nothing;
    if (this.mode?.kind === 'question') return this.pressInQuestion(key, this.mode);
    switch (key.kind) {
      case 'text':
        return this.type(key.text);
      case 'key':
        return this.mode?.kind === 'search'
          ? this.pressInSearch(key.name, this.mode)
          : this.edit(key.name);
      case 'paste':
        return key.text === undefined ? refused('too-long') : this.paste(key.text);
    }
  }

  private type(text: string): EditorOutcome {
    if (this.mode?.kind === 'search') return this.changed(this.mode.type(text));
    this.mode = undefined;
    return this.insert(text);
  }

  private insert(text: string): EditorOutcome {
    const { line } = this;
    if (text === '') return nothing;
    const { isAtEnd } = line;
    const end = line.text.length;
    if (!line.insert(text)) return bell;
    if (this.isHidden) return nothing;
    // What joins the character before it is more than an addition: that one is drawn anew.
    return isAtEnd && line.isBoundary(end) ? { kind: 'appended', text } : edited;
  }

  private pressInQuestion(key: Key, question: PasteQuestion): EditorOutcome {
    const answer = question.answer(key);
    if (answer === undefined) return bell;
    return answer === 'yes' ? this.submit(question.lines) : this.dismiss();
  }

  private pressInSearch(name: KeyName, search: HistorySearch): EditorOutcome {
    if (name === 'search-history') return this.changed(search.further());
    if (name === 'backspace') return this.changed(search.untype());
    if (name === 'cancel') return this.dismiss();
    this.leaveMode();
    const outcome = this.edit(name);
    // The search's prompt is gone, even if the key that ended it did nothing more.
    return outcome.kind === 'nothing' || outcome.kind === 'bell' ? edited : outcome;
  }

  private edit(name: KeyName): EditorOutcome {
    if (name === 'tab') return this.complete('forwards');
    if (name === 'shift-tab') return this.complete('backwards');
    this.mode = undefined;
    const { line } = this;
    switch (name) {
      case 'enter':
        return this.submit([line.text]);
      case 'interrupt':
        this.reset();
        return { kind: 'cancelled' };
      case 'end-of-input':
        return line.text === '' ? { kind: 'quit' } : this.remove(line.right());
      case 'clear-screen':
        return { kind: 'clear-screen' };
      case 'cancel':
      case 'escape':
        return nothing;
      case 'backspace':
        return this.remove(line.left());
      case 'delete':
        return this.remove(line.right());
      case 'left':
        return this.changed(line.moveTo(line.left()));
      case 'right':
        return this.changed(line.moveTo(line.right()));
      case 'word-left':
        return this.changed(line.moveTo(line.wordLeft('letters')));
      case 'word-right':
        return this.changed(line.moveTo(line.wordRight()));
      case 'home':
        return line.moveTo(0) ? this.changed(true) : nothing;
      case 'end':
        return line.moveTo(line.text.length) ? this.changed(true) : nothing;
      case 'rubout-word':
        return this.kill(line.wordLeft('unspaced'));
      case 'delete-word-left':
        return this.kill(line.wordLeft('letters'));
      case 'delete-word-right':
        return this.kill(line.wordRight());
      case 'delete-to-start':
        return this.kill(0);
      case 'delete-to-end':
        return this.kill(line.text.length);
      case 'transpose':
        return this.changed(line.transpose());
      case 'yank':
        return this.isHidden || this.kills.text === '' ? bell : this.insert(this.kills.text);
      case 'up':
        return this.recall(this.isHidden ? undefined : this.history.older(line.text));
      case 'down':
        return this.recall(this.isHidden ? undefined : this.history.newer());
      case 'search-history':
        return this.beginSearch();
    }
  }

  private remove(there: number): EditorOutcome {
    return this.changed(this.line.removeTo(there) !== '');
  }

  private kill(there: number): EditorOutcome {
    const from = there < this.line.cursor ? 'left' : 'right';
    const killed = this.line.removeTo(there);
    if (killed === '') return nothing;
    if (!this.isHidden) this.kills.add(killed, from);
    return this.changed(true);
  }

  private recall(text: string | undefined): EditorOutcome {
    return this.changed(text !== undefined && this.line.set({ text, cursor: text.length }));
  }

  private beginSearch(): EditorOutcome {
    if (this.isHidden) return bell;
    const { text, cursor } = this.line;
    this.mode = new HistorySearch(this.history, { text, cursor }, this.options.bytesMax);
    return edited;
  }

  private complete(direction: 'forwards' | 'backwards'): EditorOutcome {
    if (this.isHidden) return bell;
    if (this.mode?.kind !== 'completion') {
      const { text, cursor } = this.line;
      const typed = { text, cursor };
      const { start, candidates } = this.options.complete(text, cursor);
      const fitting = candidates
        .slice(0, candidatesMax)
        .filter((each) => this.fits(completed(typed, start, each).text));
      const [only] = fitting;
      if (only === undefined) return bell;
      if (fitting.length === 1) return this.completeAtOnce(completed(typed, start, only));
      this.mode = new Completion(typed, start, fitting);
    }
    this.line.set(this.mode.turn(direction));
    return edited;
  }

  private completeAtOnce({ text, cursor }: TextAtCursor): EditorOutcome {
    const { line } = this;
    const before = line.text;
    const spaced = `${text} `;
    if (cursor === text.length && this.fits(spaced)) line.set({ text: spaced, cursor: cursor + 1 });
    else line.set({ text, cursor });
    return this.changed(line.text !== before);
  }

  private paste(text: string): EditorOutcome {
    const [first = '', ...others] = linesOf(text);
    if (others.length === 0) {
      const outcome = this.type(flatCopy(first));
      return outcome.kind === 'bell' ? refused('too-long') : outcome;
    }
    if (this.isHidden) return bell;
    const typed = this.mode?.kind === 'search' ? this.mode.shown : this.line;
    const lines = [typed.text + first, ...others];
    const refusal = refusalOf(lines, this.options);
    if (refusal !== undefined) return refused(refusal);
    this.leaveMode();
    this.mode = new PasteQuestion(lines);
    return edited;
  }

  private submit(lines: readonly string[]): EditorOutcome {
    this.reset();
    return { kind: 'submitted', lines: lines.map((line) => sanitizeText(line)) };
  }

  /** Back to the line as it was. */
  private dismiss(): EditorOutcome {
    this.mode = undefined;
    return edited;
  }

  /** On with the line as it is shown. */
  private leaveMode(): void {
    if (this.mode?.kind === 'search') this.line.set(this.mode.accept());
    this.mode = undefined;
  }

  private changed(hasChanged: boolean): EditorOutcome {
    if (!hasChanged) return bell;
    return this.isHidden ? nothing : edited;
  }

  private fits(text: string): boolean {
    return utf8Bytes(text) <= this.options.bytesMax;
  }
}

function refused(reason: PasteRefusal): EditorOutcome {
  return { kind: 'paste-refused', reason };
}
