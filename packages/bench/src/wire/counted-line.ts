import { texts } from '@chat-server/protocol';

/** Length of a counted line's text, without what the server puts in front and its line end. */
export const textBytes = 64;

const userDigits = 5;
const sequenceDigits = 7;
const timeDigits = 12;
const timeWrapUs = 10 ** timeDigits;
const sequenceAt = 1;
/** Where in a counted text the time is, or as many blanks. */
export const timeAt = sequenceAt + sequenceDigits + 1;
/** Where in a counted text the padding begins, which is one word to its end. */
export const paddingAt = timeAt + timeDigits + 1;
const zero = 0x30;

/** The byte at which the text of every counted line begins. */
export const markByte = 0x23;

/** The largest sequence number that a counted line has room for. */
export const sequenceMax = 10 ** sequenceDigits - 1;

/** Name of user `number`; all names are equally long, so that lines have their parts in fixed places. */
export function userName(number: number): string {
  return `u${String(number).padStart(userDigits, '0')}`;
}

/** Name of room `number`; all names are equally long. */
export function roomName(number: number): string {
  return `r${String(number).padStart(userDigits, '0')}`;
}

/** Where in a line of one kind its parts are, in bytes from the line's start. */
export interface LineShape {
  readonly firstByte: number;
  readonly secondByte: number;
  readonly userAt: number;
  /** Where the text begins; for a line without a counted text, the line's length. */
  readonly textAt: number;
  /** With its line end. */
  readonly length: number;
}

function shapeOf(line: string, textLength: number): LineShape {
  return {
    firstByte: line.charCodeAt(0),
    secondByte: line.charCodeAt(1),
    userAt: line.indexOf(userName(0)) + 1,
    textAt: line.length,
    length: line.length + textLength + 2,
  };
}

/** What a room's members are sent of a line that one of them says. */
export const saidShape = shapeOf(texts.said(userName(0), ''), textBytes);
/** What the addressee of a whisper is sent. */
export const whisperedShape = shapeOf(texts.whispered(userName(0), ''), textBytes);
/** What a room's members are sent when someone joins. */
export const joinedShape = shapeOf(texts.joined(userName(0), roomName(0)), 0);

function readDigits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    value = value * 10 + ((bytes[index] ?? 0) - zero);
  }
  return value;
}

function writeDigits(bytes: Uint8Array, at: number, count: number, value: number): void {
  let rest = value;
  for (let index = at + count - 1; index >= at; index--) {
    bytes[index] = zero + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

/** The user whose name's digits begin at `at`. */
export function readUser(bytes: Uint8Array, at: number): number {
  return readDigits(bytes, at, userDigits);
}

/** The sequence number in the text that begins at `textAt`. */
export function readSequence(bytes: Uint8Array, textAt: number): number {
  return readDigits(bytes, textAt + sequenceAt, sequenceDigits);
}

/** Whether the text that begins at `textAt` says when it was sent. */
export function hasTime(bytes: Uint8Array, textAt: number): boolean {
  return (bytes[textAt + timeAt] ?? 0) >= zero;
}

/** Microseconds from the time in the text that begins at `textAt` until `nowUs`, at least 0. */
export function readAgeUs(bytes: Uint8Array, textAt: number, nowUs: number): number {
  const sentUs = readDigits(bytes, textAt + timeAt, timeDigits);
  const ageUs = (Math.round(nowUs) - sentUs + 2 * timeWrapUs) % timeWrapUs;
  // The clock of another process may be read as some microseconds ahead.
  return ageUs > timeWrapUs / 2 ? 0 : ageUs;
}

/** One line to send: its sequence number, and its time if it belongs to the sample. */
export interface LineToSend {
  readonly sequence: number;
  readonly sentAtUs: number | undefined;
}

/** Encodes the lines of one writer: only digits change from line to line. */
export class CountedLineEncoder {
  readonly #template: Buffer;
  readonly #textAt: number;

  /**
   * `command` stands in front of the text, such as `/whisper u00001 `; empty to say it. Behind it
   * stands `lineEnd`.
   */
  constructor(command: string, lineEnd = '\n') {
    const text = `#${'0'.repeat(sequenceDigits)} ${' '.repeat(timeDigits)} `.padEnd(textBytes, '.');
    this.#template = Buffer.from(`${command}${text}${lineEnd}`, 'latin1');
    this.#textAt = command.length;
  }

  /** The bytes of all `lines`, one behind the other, ready for one write. */
  encode(lines: readonly LineToSend[]): Buffer {
    const length = this.#template.length;
    const bytes = Buffer.allocUnsafe(lines.length * length);
    for (const [index, line] of lines.entries()) {
      const start = index * length;
      this.#template.copy(bytes, start);
      const textAt = start + this.#textAt;
      writeDigits(bytes, textAt + sequenceAt, sequenceDigits, line.sequence);
      if (line.sentAtUs !== undefined) {
        writeDigits(bytes, textAt + timeAt, timeDigits, Math.round(line.sentAtUs) % timeWrapUs);
      }
    }
    return bytes;
  }
}
