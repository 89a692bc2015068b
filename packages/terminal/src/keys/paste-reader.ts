import { sanitizeText } from '@chat-server/protocol';
import { Utf8Decoder } from './utf8-decoder';

const escape = 0x1b;
const endMark = [escape, ...Array.from('[201~', (each) => each.charCodeAt(0))];
const firstBytes = 256;

/**
 * Gathers one bracketed paste, from after its CSI 200 ~ to its CSI 201 ~ (xterm's ctlseqs). It
 * never holds more than `bytesMax` bytes: what is longer is read to its end, and forgotten as soon
 * as the limit is passed.
 */
export class PasteReader {
  private bytes = new Uint8Array(0);
  private length = 0;
  private endMarkBytes = 0;
  private isTooLong = false;

  constructor(private readonly bytesMax: number) {}

  /** Takes one byte over; true if the paste is over with it. */
  read(byte: number): boolean {
    if (byte === endMark[this.endMarkBytes]) {
      this.endMarkBytes += 1;
      return this.endMarkBytes === endMark.length;
    }
    for (const held of endMark.slice(0, this.endMarkBytes)) this.keep(held);
    this.endMarkBytes = byte === escape ? 1 : 0;
    if (byte !== escape) this.keep(byte);
    return false;
  }

  /** What was pasted, without controls, its lines ended with LF; undefined if it was too long. */
  text(): string | undefined {
    if (this.isTooLong) return undefined;
    const decoder = new Utf8Decoder();
    let text = '';
    for (const byte of this.bytes.subarray(0, this.length)) text += decoder.read(byte);
    text += decoder.end();
    // A telnet client sends the CR of a paste as it sends Enter, so a NUL may follow.
    return text
      .split(/\r\n|\r\0|\r|\n/)
      .map((line) => sanitizeText(line))
      .join('\n');
  }

  private keep(byte: number): void {
    if (this.isTooLong) return;
    if (this.length === this.bytesMax) {
      this.isTooLong = true;
      this.bytes = new Uint8Array(0);
      return;
    }
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(Math.min(Math.max(firstBytes, this.length * 2), this.bytesMax));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length] = byte;
    this.length += 1;
  }
}
