import { telnet, TerminalStream } from '../wire/terminal-stream';

const { iac, sb, se, will, wont } = telnet;
const option = { echo: 1, suppressGoAhead: 3, terminalType: 24, windowSize: 31 };
const rows = 24;
const terminalTypeIs = 0;

/**
 * The telnet client of one connection, which behaves as that of inetutils: sends lines until the
 * server has offered both to echo and to suppress go-aheads, and keys from then on.
 */
export class TelnetClient {
  readonly #columns: number;
  readonly #send: (bytes: Buffer) => void;
  readonly #stream = new TerminalStream((verb, which) => this.#obey(verb, which));
  /** Options that have been agreed on: to agree once more would be answered again, for ever. */
  readonly #agreed = new Set<string>();

  /** `columns`: how wide its window is, at most 254, so that no byte of it is an IAC. */
  constructor(columns: number, send: (bytes: Buffer) => void) {
    this.#columns = columns;
    this.#send = send;
  }

  /** Whether keys are sent as they are typed. */
  get isInCharacterMode(): boolean {
    return (
      this.#agreed.has(`server ${option.echo}`) &&
      this.#agreed.has(`server ${option.suppressGoAhead}`)
    );
  }

  /** What the Enter key sends. */
  get lineEnd(): string {
    return this.isInCharacterMode ? '\r\0' : '\r\n';
  }

  /** Answers the telnet commands from `start` on, and leaves plain lines; see TerminalStream. */
  read(bytes: Buffer, start: number, end: number): number {
    return this.#stream.visible(bytes, start, end);
  }

  #obey(verb: number, which: number): void {
    switch (verb) {
      case telnet.do:
        return this.#offer(which);
      case telnet.will:
        return this.#accept(which);
      case telnet.sb:
        if (which !== option.terminalType) return;
        this.#subnegotiate(which, [terminalTypeIs, ...Buffer.from('XTERM-256COLOR')]);
    }
  }

  #offer(which: number): void {
    const isKnown = which === option.terminalType || which === option.windowSize;
    if (!isKnown) return this.#send(Buffer.of(iac, wont, which));
    if (this.#isAgreed(`client ${which}`)) return;
    this.#send(Buffer.of(iac, will, which));
    if (which === option.windowSize) this.#subnegotiate(which, [0, this.#columns, 0, rows]);
  }

  #accept(which: number): void {
    const isKnown = which === option.echo || which === option.suppressGoAhead;
    if (!isKnown) return this.#send(Buffer.of(iac, telnet.dont, which));
    if (!this.#isAgreed(`server ${which}`)) this.#send(Buffer.of(iac, telnet.do, which));
  }

  #isAgreed(side: string): boolean {
    if (this.#agreed.has(side)) return true;
    this.#agreed.add(side);
    return false;
  }

  #subnegotiate(which: number, payload: readonly number[]): void {
    this.#send(Buffer.of(iac, sb, which, ...payload, iac, se));
  }
}
