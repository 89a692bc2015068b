import { GrowingBytes } from '../growing-bytes';
import { protocolLimits } from '../limits';
import { negotiationVerb, plainVerb, telnetCode, telnetOption } from './telnet';
import type { NegotiationVerb, TelnetCommand } from './telnet';

/**
 * What one byte did to a command: it needs more bytes, it is over and is to be forgotten, it was
 * no command and this byte is text, or it is complete.
 */
export type TelnetProgress = 'unfinished' | 'ignored' | 'text' | TelnetCommand;

type Step = 'verb' | 'option' | 'sb-option' | 'sb-payload' | 'sb-iac';

/**
 * Reads one telnet command, byte by byte, beginning with the one after its IAC (RFC 854, RFC 855).
 *
 * A subnegotiation with more than `subnegotiationBytesMax` bytes is read to its end, and forgotten
 * as soon as the limit is passed. One that is broken off by another command is dropped, and that
 * command is read. A byte that is no command makes the IAC before it void and is text, so that a
 * Latin-1 `ÿ`, which is the same byte as IAC, does not eat the end of its line.
 */
export class TelnetReader {
  private step: Step = 'verb';
  private verb: NegotiationVerb = 'wont';
  private option = 0;
  private payload: GrowingBytes | undefined;

  read(byte: number): TelnetProgress {
    if (this.step === 'verb') return this.readVerb(byte);
    if (this.step === 'option') return { verb: this.verb, option: byte };
    if (this.step === 'sb-iac') return this.readAfterInnerIac(byte);
    // Right after SB it is the start of IAC SE: there is no option to tell of, and nothing is kept.
    if (byte === telnetCode.iac) return this.goOn('sb-iac');
    if (this.step === 'sb-payload') return this.keep(byte);
    this.option = byte;
    this.payload = new GrowingBytes(protocolLimits.subnegotiationBytesMax);
    return this.goOn('sb-payload');
  }

  private readVerb(byte: number): TelnetProgress {
    if (byte === telnetCode.sb) return this.goOn('sb-option');
    if (byte === telnetCode.se) return 'ignored';
    const negotiation = negotiationVerb(byte);
    if (negotiation !== undefined) {
      this.verb = negotiation;
      return this.goOn('option');
    }
    const verb = plainVerb(byte);
    return verb === undefined ? 'text' : { verb };
  }

  private readAfterInnerIac(byte: number): TelnetProgress {
    if (byte === telnetCode.iac) return this.keep(byte);
    if (this.isUndoubledSize(byte)) {
      this.keep(telnetCode.iac);
      return this.keep(byte);
    }
    const { payload } = this;
    this.payload = undefined;
    if (byte !== telnetCode.se) return this.readVerb(byte);
    if (payload === undefined) return 'ignored';
    return {
      verb: 'sb',
      option: this.option,
      payload: payload.bytes.slice(0, payload.length),
    };
  }

  /** BusyBox (1.35, measured) does not double the byte 255 of a window that is 255 columns wide. */
  private isUndoubledSize(byte: number): boolean {
    // No command is below EOF, and the byte after is the high one of the rows, which is 0.
    return (
      this.payload !== undefined && this.option === telnetOption.windowSize && byte < telnetCode.eof
    );
  }

  private keep(byte: number): TelnetProgress {
    if (this.payload?.push(byte) === false) this.payload = undefined;
    return this.goOn('sb-payload');
  }

  private goOn(step: Step): TelnetProgress {
    this.step = step;
    return 'unfinished';
  }
}
