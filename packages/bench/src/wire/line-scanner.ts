import {
  joinedShape,
  markByte,
  readSequence,
  readUser,
  saidShape,
  whisperedShape,
  type LineShape,
} from './counted-line';
import { wrappedAt } from './wrapped-line';

/** What becomes of the lines of one connection. `bytes` may be reused once a call has returned. */
export interface LineSink {
  /** A whole counted line; its text begins at `textAt`. */
  counted(writer: number, sequence: number, bytes: Uint8Array, textAt: number): void;
  /** Someone joined the room. */
  joined(user: number): void;
  /** Any other line, from `start` to before `end`, with its line end. */
  other(bytes: Buffer, start: number, end: number): void;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const padding = 0x2e;

function isWhole(bytes: Buffer, start: number, end: number, shape: LineShape): boolean {
  const after = start + shape.length;
  return (
    after <= end &&
    bytes[start + 1] === shape.secondByte &&
    bytes[after - 1] === lineFeed &&
    bytes[after - 2] === carriageReturn
  );
}

function isCounted(bytes: Buffer, start: number, end: number, shape: LineShape): boolean {
  // The last byte of the padding stands for the text's being whole: nothing is cut from its middle.
  return (
    isWhole(bytes, start, end, shape) &&
    bytes[start + shape.textAt] === markByte &&
    bytes[start + shape.length - 3] === padding
  );
}

const saidAnyone: LineShape = { ...saidShape, secondByte: 'u'.charCodeAt(0) };

/**
 * Hands every whole line between `start` and `end` to `sink`, and returns where the unfinished line
 * behind them begins.
 *
 * Counted lines are told by what stands in fixed places and become no strings: one costs some tens
 * of nanoseconds, so that the generator keeps up with a server that writes millions a second.
 */
export function scanLines(bytes: Buffer, start: number, end: number, sink: LineSink): number {
  let at = start;
  while (at < end) {
    const first = bytes[at];
    if (first === saidAnyone.firstByte && isCounted(bytes, at, end, saidAnyone)) {
      at = takeCounted(bytes, at, saidAnyone, sink);
    } else if (first === whisperedShape.firstByte && isCounted(bytes, at, end, whisperedShape)) {
      at = takeCounted(bytes, at, whisperedShape, sink);
    } else if (first === joinedShape.firstByte && isJoined(bytes, at, end)) {
      sink.joined(readUser(bytes, at + joinedShape.userAt));
      at += joinedShape.length;
    } else {
      const after = takeOther(bytes, at, end, sink);
      if (after === undefined) return at;
      at = after;
    }
  }
  return at;
}

/** Takes a line that is not a counted one in one row; returns where it ends, if it does. */
function takeOther(bytes: Buffer, at: number, end: number, sink: LineSink): number | undefined {
  const lineEnd = bytes.indexOf(lineFeed, at);
  if (lineEnd === -1 || lineEnd >= end) return undefined;
  if (bytes[at] === saidAnyone.firstByte && bytes[at + 1] === saidAnyone.secondByte) {
    const wrapped = wrappedAt(bytes, at, lineEnd + 1, end);
    if (wrapped === 'unfinished') return undefined;
    if (wrapped !== 'none') {
      takeCounted(bytes, at, saidAnyone, sink);
      return at + wrapped.length;
    }
  }
  sink.other(bytes, at, lineEnd + 1);
  return lineEnd + 1;
}

function takeCounted(bytes: Buffer, at: number, shape: LineShape, sink: LineSink): number {
  const textAt = at + shape.textAt;
  sink.counted(readUser(bytes, at + shape.userAt), readSequence(bytes, textAt), bytes, textAt);
  return at + shape.length;
}

const joinedWordAt = joinedShape.userAt + 6;
const joinedWordByte = 'j'.charCodeAt(0);

function isJoined(bytes: Buffer, at: number, end: number): boolean {
  return (
    isWhole(bytes, at, end, joinedShape) &&
    bytes[at + joinedShape.userAt - 1] === saidAnyone.secondByte &&
    bytes[at + joinedWordAt] === joinedWordByte
  );
}
