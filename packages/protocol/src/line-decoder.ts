import { GrowingBytes } from './growing-bytes';
import { telnetCode } from './telnet/telnet';
import type { TelnetCommand } from './telnet/telnet';
import { TelnetReader } from './telnet/telnet-reader';
import { decodeUtf8 } from './utf8';

// Plain constants, since they are compared with every byte that arrives.
const nul = 0x00;
const lf = 0x0a;
const cr = 0x0d;
const iac = telnetCode.iac;

/** How a line was ended. It tells clients apart: nc sends LF, telnet CR LF, or CR NUL by the key. */
export type LineEnd = 'crlf' | 'lf' | 'crnul';

export type Input =
  | { kind: 'line'; text: string; end: LineEnd }
  | { kind: 'line-too-long' }
  /** Only while raw. The bytes are a view of the chunk where they can be. */
  | { kind: 'data'; bytes: Uint8Array }
  | { kind: 'telnet'; command: TelnetCommand };

export interface LineDecoderOptions {
  /** A line's bytes without its end and without telnet commands. */
  lineBytesMax: number;
  /**
   * The UTF-8 text of bytes [start, end), broken sequences as U+FFFD. The bytes are a chunk as it
   * was given, or a plain Uint8Array of the decoder's own that is only valid during the call.
   */
  decodeText?: (bytes: Uint8Array, start: number, end: number) => string;
}

/**
 * Turns the raw bytes of one connection into its lines and telnet commands, in the order in which
 * they were completed. However the bytes are cut into chunks, the inputs are the same.
 *
 * A line ends in CR LF, LF or CR NUL (RFC 854). A CR before any other byte is a lone control
 * character and is dropped. Telnet commands may stand anywhere, inside of a character or of a line
 * end too, and are taken out. Text is UTF-8, with U+FFFD for what is broken.
 *
 * A line of more than `lineBytesMax` bytes gives one `line-too-long` as soon as the limit is
 * passed, and the rest of it is skipped up to its end; no line is ever shortened.
 *
 * While raw, for a client that sends its keys, there are no lines: what is not telnet comes as data
 * as soon as it is read, its CR NUL and CR LF left as they are. However the bytes are cut, the data
 * put together is the same, and so is where in it the commands stand.
 *
 * Never throws. Between lines and while raw the decoder holds no buffer; within a line, at most `lineBytesMax`
 * bytes.
 */
export class LineDecoder {
  private readonly lineBytesMax: number;
  private readonly decodeText: (bytes: Uint8Array, start: number, end: number) => string;
  private partial: GrowingBytes | undefined;
  private telnet: TelnetReader | undefined;
  private isAfterCr = false;
  private isSkipping = false;
  private isReadingRaw = false;

  constructor(options: LineDecoderOptions) {
    this.lineBytesMax = options.lineBytesMax;
    this.decodeText = options.decodeText ?? decodeUtf8;
  }

  /** Whether data is read, and not lines. */
  get isRaw(): boolean {
    return this.isReadingRaw;
  }

  /**
   * Reads data from the next byte on, or lines again. The part of a line that had been read when
   * that changes to data is added to the inputs as such, unless the line was too long already; a
   * line that begins after it changes back is a new one.
   */
  setRaw(isRaw: boolean, inputs: Input[]): void {
    if (isRaw && !this.isReadingRaw) this.releasePartial(inputs);
    this.isReadingRaw = isRaw;
  }

  /** The inputs that this chunk completes. Time is linear in the chunk; the chunk is not kept. */
  decode(chunk: Uint8Array): Input[] {
    const inputs: Input[] = [];
    let at = 0;
    while (at < chunk.length) at = this.decodeFrom(chunk, at, inputs);
    return inputs;
  }

  /**
   * Adds inputs up to the next telnet command, or to the end of the chunk, and returns where to go
   * on, until that is the chunk's length: nothing after a command is read before its reader has had
   * the chance to act on it, and to change how later bytes of the same chunk are read.
   */
  decodeFrom(chunk: Uint8Array, start: number, inputs: Input[]): number {
    let at = start;
    while (at < chunk.length) {
      const { telnet } = this;
      if (telnet !== undefined) {
        const inputsBefore = inputs.length;
        at = this.readTelnet(telnet, chunk, at, inputs);
        if (inputs.length > inputsBefore) return at;
      } else if (this.isReadingRaw) {
        at = this.readData(chunk, at, inputs);
      } else {
        at = this.readText(chunk, at, inputs);
      }
    }
    return chunk.length;
  }

  /** Reads up to and with the next IAC, and returns where to go on. */
  private readData(chunk: Uint8Array, start: number, inputs: Input[]): number {
    const found = chunk.indexOf(iac, start);
    const mark = found === -1 ? chunk.length : found;
    if (mark > start) pushData(chunk, start, mark, inputs);
    if (mark < chunk.length) this.telnet = new TelnetReader();
    return mark + 1;
  }

  /** Reads up to and with the next line end or IAC, and returns where to go on. */
  private readText(chunk: Uint8Array, start: number, inputs: Input[]): number {
    if (this.isAfterCr && chunk[start] !== iac) {
      this.isAfterCr = false;
      const end = endAfterCr(chunk[start]);
      if (end !== undefined) {
        this.endLine(chunk, start, start, end, inputs);
        return start + 1;
      }
    }
    const mark = nextMark(chunk, start);
    if (chunk[mark] === lf) {
      this.endLine(chunk, start, mark, 'lf', inputs);
      return mark + 1;
    }
    if (chunk[mark] === cr) {
      const end = endAfterCr(chunk[mark + 1]);
      if (end !== undefined) {
        this.endLine(chunk, start, mark, end, inputs);
        return mark + 2;
      }
      this.isAfterCr = true;
    } else if (chunk[mark] === iac) {
      this.telnet = new TelnetReader();
    }
    this.keep(chunk, start, mark, inputs);
    return mark + 1;
  }

  /** Reads up to the end of the telnet command, and returns where to go on. */
  private readTelnet(
    telnet: TelnetReader,
    chunk: Uint8Array,
    start: number,
    inputs: Input[],
  ): number {
    for (let at = start; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      const progress = telnet.read(byte);
      if (progress === 'unfinished') continue;
      this.telnet = undefined;
      if (progress === 'ignored') return at + 1;
      if (progress === 'text') {
        if (byte !== iac) return at;
        this.isAfterCr = false;
        if (this.isReadingRaw) pushData(chunk, at, at + 1, inputs);
        else this.keep(chunk, at, at + 1, inputs);
        return at + 1;
      }
      inputs.push({ kind: 'telnet', command: progress });
      return at + 1;
    }
    return chunk.length;
  }

  private releasePartial(inputs: Input[]): void {
    const { partial } = this;
    if (partial !== undefined) pushData(partial.bytes, 0, partial.length, inputs);
    if (this.isAfterCr && !this.isSkipping) inputs.push({ kind: 'data', bytes: Uint8Array.of(cr) });
    this.partial = undefined;
    this.isAfterCr = false;
    this.isSkipping = false;
  }

  private endLine(
    chunk: Uint8Array,
    start: number,
    stop: number,
    end: LineEnd,
    inputs: Input[],
  ): void {
    // The usual case, a whole line in one chunk, is decoded where it lies.
    const isWhole =
      this.partial === undefined && !this.isSkipping && stop - start <= this.lineBytesMax;
    if (isWhole) {
      inputs.push({ kind: 'line', text: this.decodeText(chunk, start, stop), end });
      return;
    }
    this.keep(chunk, start, stop, inputs);
    const { partial } = this;
    if (partial !== undefined) {
      inputs.push({ kind: 'line', text: this.decodeText(partial.bytes, 0, partial.length), end });
    }
    this.partial = undefined;
    this.isSkipping = false;
  }

  private keep(chunk: Uint8Array, start: number, stop: number, inputs: Input[]): void {
    if (this.isSkipping || start === stop) return;
    this.partial ??= new GrowingBytes(this.lineBytesMax);
    if (this.partial.append(chunk, start, stop)) return;
    this.partial = undefined;
    this.isSkipping = true;
    inputs.push({ kind: 'line-too-long' });
  }
}

function pushData(bytes: Uint8Array, start: number, end: number, inputs: Input[]): void {
  inputs.push({ kind: 'data', bytes: bytes.subarray(start, end) });
}

function endAfterCr(byte: number | undefined): LineEnd | undefined {
  if (byte === lf) return 'crlf';
  return byte === nul ? 'crnul' : undefined;
}

/** Where the next LF, CR or IAC is; the chunk's length if there is none. */
function nextMark(chunk: Uint8Array, start: number): number {
  // A loop beats indexOf here: three searches cost more on a chat's short lines, and would read
  // a chunk of many telnet commands once for each of them.
  let at = start;
  while (at < chunk.length) {
    const byte = chunk[at] ?? 0;
    if (byte === lf || byte === cr || byte === iac) break;
    at += 1;
  }
  return at;
}
