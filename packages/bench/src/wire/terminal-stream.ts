/** Is told of the telnet commands of a stream. Of a subnegotiation only the option is told. */
export type CommandSink = (verb: number, option: number) => void;

/** What telnet's bytes mean (RFC 854). */
export const telnet = { se: 240, sb: 250, will: 251, wont: 252, do: 253, dont: 254, iac: 255 };
const { iac } = telnet;

const nul = 0x00;
const bell = 0x07;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const escape = 0x1b;
const bracket = 0x5b;
const firstFinal = 0x40;
const lastFinal = 0x7e;
const eraseFinal = 0x4a;

/** Where in a sequence the last byte was. */
const inText = 0;
const afterEscape = 1;
const inControl = 2;
const afterIac = 3;
const afterVerb = 4;
const afterSb = 5;
const inSb = 6;
const iacInSb = 7;

/** Where the text that begins at `at` is interrupted: by NUL, BEL, ESC or IAC. */
function endOfText(bytes: Buffer, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const byte = bytes[next] ?? nul;
    if (byte === escape || byte === iac || byte === nul || byte === bell) break;
    next++;
  }
  return next;
}

/** The state behind what has interrupted a text. */
function stateAfter(byte: number): number {
  if (byte === escape) return afterEscape;
  return byte === iac ? afterIac : inText;
}

/** Where the unfinished row begins that ends at `end`. */
function rowStart(bytes: Buffer, end: number): number {
  return end === 0 ? 0 : bytes.lastIndexOf(lineFeed, end - 1) + 1;
}

/**
 * Makes plain lines of what a terminal is sent: takes out telnet commands, control sequences (CSI),
 * NUL and BEL, and the row that is not finished when it is erased (CR, CSI J).
 *
 * That is all a terminal need know of an input area: it is never finished by a line feed, and is
 * erased before rows are printed. One that is not erased stays in front of the row, which is then
 * no counted line any more.
 */
export class TerminalStream {
  readonly #command: CommandSink;
  #state = inText;
  #verb = 0;

  constructor(command: CommandSink) {
    this.#command = command;
  }

  /**
   * Does so in place with the bytes from `start` to before `end`; in front of `start` is the
   * unfinished line that was left before. Returns where what is left ends, which may be before
   * `start`.
   */
  visible(bytes: Buffer, start: number, end: number): number {
    let to = start;
    let at = start;
    while (at < end) {
      if (this.#state === inText) {
        const from = at;
        at = endOfText(bytes, at, end);
        if (to !== from) bytes.copyWithin(to, from, at);
        to += at - from;
        if (at < end) this.#state = stateAfter(bytes[at++] ?? nul);
      } else {
        const byte = bytes[at++] ?? nul;
        const isErasing = this.#state === inControl && byte === eraseFinal;
        this.#state = this.#follow(this.#state, byte);
        // From elsewhere it leaves what is in front of it.
        if (isErasing && bytes[to - 1] === carriageReturn) to = rowStart(bytes, to);
      }
    }
    return to;
  }

  /** The state behind a byte of what is no text. */
  #follow(state: number, byte: number): number {
    switch (state) {
      case afterEscape:
        return byte === bracket ? inControl : inText;
      case inControl:
        return byte >= firstFinal && byte <= lastFinal ? inText : inControl;
      case afterIac:
        this.#verb = byte;
        if (byte === telnet.sb) return afterSb;
        return byte > telnet.sb && byte < iac ? afterVerb : inText;
      case afterVerb:
        this.#command(this.#verb, byte);
        return inText;
      case afterSb:
        this.#command(telnet.sb, byte);
        return inSb;
      case iacInSb:
        return byte === telnet.se ? inText : inSb;
      default:
        return byte === iac ? iacInSb : inSb;
    }
  }
}
