import type { LineEnd } from '../line-decoder';
import { unknownTraits } from './client-traits';
import type { ClientTraits } from './client-traits';
import { ConfirmedClient } from './confirmed-client';
import { telnetCode, telnetOption } from './telnet';
import type { TelnetCommand } from './telnet';
import { controlOf } from './telnet-event';
import type { ClientMode, TelnetEvent } from './telnet-event';

const { iac, nop } = telnetCode;

const nothing: readonly TelnetEvent[] = [];
const keepalive: Uint8Array = Uint8Array.of(iac, nop);
/**
 * One question, since it may go to `nc -C` or `plink -raw`, where its three bytes show as odd
 * characters: the CR has the next line written over them, and a NUL follows a lone CR (RFC 854).
 */
const probe: readonly TelnetEvent[] = [
  {
    kind: 'send',
    bytes: Uint8Array.of(iac, telnetCode.do, telnetOption.terminalType, 0x0d, 0x00),
  },
];

/** `silent` are those who know no telnet: whatever comes from them, they are never sent any. */
type Stage = 'unknown' | 'probed' | 'silent';

/**
 * The telnet side of one connection: finds out, without a clock and without a stray byte on the
 * screen of someone who uses nc, whether a client speaks telnet, and then who it is and whether it
 * sends its keys or its lines. Never throws, whatever it is told.
 *
 * Nothing is sent before the client has. One that opens with an offer or a request, as PuTTY does,
 * speaks telnet. One whose first line ends in LF is nc, and is never sent an IAC. One whose first
 * line ends in CR LF or CR NUL is asked one thing that every telnet client answers, if only with a
 * refusal; without an answer it is `plain` for ever, and with one, however late, it is telnet.
 */
export class TelnetLink {
  #stage: Stage = 'unknown';
  #client: ConfirmedClient | undefined;
  #isEchoHidden = false;

  get mode(): ClientMode {
    return this.#client?.mode ?? 'plain';
  }

  get traits(): ClientTraits {
    return this.#client?.traits ?? unknownTraits;
  }

  /** Whether the client is known to speak telnet. */
  get isTelnet(): boolean {
    return this.#client !== undefined;
  }

  /**
   * What follows a prompt that has no line end, for clients in line mode that wait for it: IAC EOR
   * if it was asked for (RFC 885), IAC GA for a MUD client. Undefined for others.
   */
  get promptEnd(): Uint8Array | undefined {
    return this.#client?.promptEnd;
  }

  /** Whether a client in line mode shows nothing of what is typed, not even where the line ends. */
  get showsNoEcho(): boolean {
    return this.#client?.showsNoEcho ?? false;
  }

  /**
   * Has a client in line mode show nothing of what is typed, or show it again: who is told that the
   * server does it leaves it to the server (RFC 857). The answer is what to send, if anything. One
   * that turns out to speak telnet later is told then; one that does not cannot be told.
   */
  hideEcho(isHidden: boolean): Uint8Array | undefined {
    this.#isEchoHidden = isHidden;
    return this.#client?.hideEcho(isHidden);
  }

  /** IAC NOP, for a client that is known to speak telnet, which shows nothing of it. */
  get keepalive(): Uint8Array | undefined {
    return this.isTelnet ? keepalive : undefined;
  }

  /** What becomes of a command of the client's. */
  receive(command: TelnetCommand): readonly TelnetEvent[] {
    if (this.#client !== undefined) return this.#client.receive(command);
    if (this.#stage === 'silent') return nothing;
    if (this.#givesAway(command)) {
      this.#client = new ConfirmedClient(this.#isEchoHidden);
      return this.#client.begin(command, this.#stage === 'probed');
    }
    const control = controlOf(command);
    return control === undefined ? nothing : [control];
  }

  /** To be told of the end of each line, which is cheap once the client is known. */
  lineRead(end: LineEnd): readonly TelnetEvent[] {
    if (this.#client !== undefined) return this.#client.lineRead();
    if (this.#stage !== 'unknown') return nothing;
    this.#stage = end === 'lf' ? 'silent' : 'probed';
    return end === 'lf' ? nothing : probe;
  }

  /**
   * A refusal tells something only if there was a question: text in UTF-16 begins with the bytes of
   * IAC DONT.
   */
  #givesAway({ verb }: TelnetCommand): boolean {
    if (verb === 'will' || verb === 'do') return true;
    return this.#stage === 'probed' && (verb === 'wont' || verb === 'dont');
  }
}
