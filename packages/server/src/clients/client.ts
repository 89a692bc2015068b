import {
  type ClientMode,
  type Input,
  LineDecoder,
  type LineDecoderOptions,
  TelnetLink,
  type TelnetEvent,
  texts,
} from '@chat-server/protocol';
import {
  type Candidates,
  type Completer,
  type Look,
  Terminal,
  type TerminalEvent,
} from '@chat-server/terminal';
import { defaultTerminalSettings, type TerminalSettings } from '../domain/terminal-settings';
import type { Peer } from '../transports/peer';
import { type Display, LineDisplay, TerminalDisplay } from './display';
import { lookOf } from './look-of';

/** What the person at a client did. */
export type ClientInput =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'line-too-long' }
  | { readonly kind: 'quit' };

const noCandidates: Candidates = { start: 0, candidates: [] };

/**
 * The program at the other end of a peer, and how it is talked to: bytes in and lines out for nc and
 * scripts, lines drawn to its width for telnet clients that edit lines themselves, and a line
 * editor for terminals. Which of these it is shows as it speaks. It outlives the connection's actor,
 * in whose turns it does its work.
 */
export class Client {
  display: Display;
  settings: TerminalSettings = defaultTerminalSettings;
  /** What Tab offers; set by whoever knows the chat. */
  complete: Completer | undefined;
  /** Whether a line that was typed has a secret in it; set by whoever knows the chat. */
  isSecret: ((line: string) => boolean) | undefined;
  readonly #decoder: LineDecoder;
  readonly #link = new TelnetLink();
  #terminal: Terminal | undefined;
  #prompt = '';
  /** A question without a line end that stands there, not yet answered. */
  #question = '';
  /** Whether the next line is a secret. */
  #isHidden = false;
  /** Whether that line is there, and no other is asked for yet. */
  #isSecretOver = false;
  /** What is to be sent of telnet's negotiations. */
  #answers: Uint8Array[] | undefined;
  #chunks: Uint8Array[] | undefined;
  /** How much of the first chunk has been decoded. */
  #at = 0;
  #inputs: Input[] = [];
  #inputsTaken = 0;

  constructor(
    private readonly peer: Peer,
    private readonly decoding: LineDecoderOptions,
    private readonly now: () => number,
  ) {
    this.#decoder = new LineDecoder(decoding);
    this.display = new LineDisplay(peer, undefined);
  }

  /** Whether its lines are edited, or at least drawn, here, so that settings make a difference. */
  get isDrawn(): boolean {
    return this.display.look !== undefined;
  }

  /** Whether the server edits its lines. */
  get isTerminal(): boolean {
    return this.#terminal !== undefined;
  }

  /** Whether the terminal has been asked where its cursor is, and has not answered. */
  get isWaiting(): boolean {
    return this.#terminal?.isWaiting ?? false;
  }

  /** What a keepalive may send it. */
  get keepalive(): Uint8Array | undefined {
    return this.#link.keepalive;
  }

  /** Takes what was read from the peer, to be looked at by `next`. */
  receive(chunk: Uint8Array): void {
    (this.#chunks ??= []).push(chunk);
  }

  /** Whether more is waiting than `inputsMax`, or than has been looked at. */
  isBehind(inputsMax: number): boolean {
    const typed = this.#terminal?.waiting ?? 0;
    return (
      this.#chunks !== undefined || this.#inputs.length - this.#inputsTaken + typed > inputsMax
    );
  }

  /** The next input, which is not given again, whatever comes of it. */
  next(): ClientInput | undefined {
    this.#endSecret();
    const input = this.#nextInput();
    this.#sendAnswers();
    return input;
  }

  #nextInput(): ClientInput | undefined {
    for (;;) {
      const event = this.#terminal?.next();
      if (event !== undefined) {
        const understood = this.#understand(event);
        if (understood !== undefined) return understood;
        continue;
      }
      const input = this.#nextDecoded();
      if (input === undefined) return undefined;
      const taken = this.#take(input);
      if (taken !== undefined) return taken;
    }
  }

  /** Forgets what was read. */
  drop(): void {
    this.#chunks = undefined;
    this.#at = 0;
    this.#inputs = [];
    this.#inputsTaken = 0;
    this.#terminal?.drop();
  }

  show(...lines: readonly string[]): void {
    const atMs = this.now();
    for (const line of lines) this.display.show(line, atMs);
  }

  /** Asks for a secret: nothing of the answer is shown, where the client can be told so. */
  askSecret(question: string): void {
    this.#hide(true);
    this.prompt(question);
    this.ask(question);
  }

  /** Nothing is asked any more. */
  endQuestion(): void {
    this.#question = '';
    this.#hide(false);
  }

  /** Asks something on a row that the answer is typed on. */
  ask(question: string): void {
    this.#question = question;
    if (this.#terminal !== undefined) return;
    this.peer.write(question);
    const { promptEnd } = this.#link;
    if (promptEnd !== undefined) this.peer.writeShared(promptEnd);
  }

  /** What a terminal has in front of the line that is being typed. */
  prompt(text: string): void {
    this.#prompt = text;
    if (this.#terminal !== undefined) this.#terminal.prompt = text;
  }

  /** Takes the line that was just entered off the screen: it will come back as what was said. */
  withdrawTyped(): void {
    this.#terminal?.withdraw();
  }

  /** What a terminal's person has typed so far is forgotten: it may be what the failure was about. */
  reset(): void {
    this.endQuestion();
    this.#terminal?.reset();
  }

  changeSettings(changes: Partial<TerminalSettings>): void {
    this.settings = { ...this.settings, ...changes };
    this.#redraw();
  }

  clear(): void {
    this.#terminal?.clear();
  }

  /** Goes on with a terminal that does not say where its cursor is. */
  giveUpWaiting(): void {
    this.#terminal?.giveUpWaiting();
  }

  flush(): void {
    this.#endSecret();
    this.display.flush();
  }

  #nextDecoded(): Input | undefined {
    while (this.#inputsTaken === this.#inputs.length) {
      const chunk = this.#chunks?.[0];
      if (chunk === undefined) return undefined;
      const inputs: Input[] = [];
      this.#at = this.#decoder.decodeFrom(chunk, this.#at, inputs);
      if (this.#at === chunk.length) {
        this.#at = 0;
        this.#chunks?.shift();
        if (this.#chunks?.length === 0) this.#chunks = undefined;
      }
      this.#inputs = inputs;
      this.#inputsTaken = 0;
    }
    return this.#inputs[this.#inputsTaken++];
  }

  #take(input: Input): ClientInput | undefined {
    switch (input.kind) {
      case 'line':
        for (const event of this.#link.lineRead(input.end)) this.#handle(event);
        this.#answered();
        return { kind: 'line', text: input.text };
      case 'line-too-long':
        this.#answered();
        return input;
      case 'data':
        this.#terminal?.type(input.bytes);
        return undefined;
      case 'telnet': {
        const events = this.#link.receive(input.command);
        for (const event of events) this.#handle(event);
        return events.some(({ kind }) => kind === 'end-of-input') ? { kind: 'quit' } : undefined;
      }
    }
  }

  #understand(event: TerminalEvent): ClientInput | undefined {
    switch (event.kind) {
      case 'line':
        this.#answered();
        return event;
      case 'quit':
        return event;
      case 'paste-refused':
        this.show(texts.pasteRefused(event.reason));
        return undefined;
    }
  }

  /** Whoever shows nothing of what is typed has not shown the end of the line either. */
  #answered(): void {
    this.#question = '';
    if (this.#isHidden && this.#link.showsNoEcho) this.peer.write('\r\n');
    this.#isSecretOver = this.#isHidden;
  }

  /** Of two secrets that are asked for one after the other, nothing is shown in between. */
  #endSecret(): void {
    if (this.#isSecretOver) this.#hide(false);
  }

  #hide(isHidden: boolean): void {
    this.#isSecretOver = false;
    if (isHidden === this.#isHidden) return;
    this.#isHidden = isHidden;
    const bytes = this.#link.hideEcho(isHidden);
    if (bytes !== undefined) this.peer.writeShared(bytes);
    if (this.#terminal !== undefined) this.#terminal.hidden = isHidden;
  }

  #handle(event: TelnetEvent): void {
    if (event.kind === 'send') {
      (this.#answers ??= []).push(event.bytes);
      return;
    }
    this.#sendAnswers();
    switch (event.kind) {
      case 'mode':
        this.#enter(event.mode);
        return;
      case 'traits':
        this.#resize();
        return;
      case 'interrupt':
        this.#terminal?.press('interrupt');
        return;
      case 'erase-character':
        this.#terminal?.press('backspace');
        return;
      case 'erase-line':
        this.#terminal?.press('delete-to-start');
        return;
      case 'are-you-there':
        this.show(texts.stillHere);
        return;
      case 'end-of-input':
    }
  }

  /** Leaves the person's terminal as it was found; lines can be shown to the end. */
  leave(): void {
    this.#terminal?.leave();
    this.#terminal = undefined;
    this.#redraw();
  }

  /** In one piece: whoever negotiates without an end costs one write a time, and not thousands. */
  #sendAnswers(): void {
    if (this.#answers === undefined) return;
    const bytes = Buffer.concat(this.#answers);
    this.#answers = undefined;
    this.peer.writeShared(bytes);
  }

  #enter(mode: ClientMode): void {
    this.#terminal?.leave();
    // The command that this comes of was the last input so far.
    this.#decoder.setRaw(mode === 'terminal', this.#inputs);
    this.#terminal = mode === 'terminal' ? this.#newTerminal() : undefined;
    this.#redraw();
  }

  #newTerminal(): Terminal {
    const terminal = new Terminal({
      write: (text) => this.peer.write(text),
      size: this.#link.traits,
      lineBytesMax: this.decoding.lineBytesMax,
      complete: (line, cursor) => this.complete?.(line, cursor) ?? noCandidates,
      isSecret: (line) => this.isSecret?.(line) ?? false,
    });
    terminal.hidden = this.#isHidden;
    terminal.prompt = this.#prompt;
    if (this.#question !== '') terminal.adopt(this.#question.length);
    return terminal;
  }

  #resize(): void {
    this.#terminal?.resize(this.#link.traits);
    this.#redraw();
  }

  /** Draws what comes from now on as the client and its settings are now. */
  #redraw(): void {
    const { mode } = this.#link;
    if (mode === 'plain') this.display = new LineDisplay(this.peer, undefined);
    else if (this.#terminal === undefined) this.display = new LineDisplay(this.peer, this.#look());
    else this.display = new TerminalDisplay(this.peer, this.#terminal, this.#look());
  }

  #look(): Look {
    return lookOf(this.#link.traits, this.settings, this.isTerminal);
  }
}
