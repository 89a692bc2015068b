import {
  LineDecoder,
  nameKey,
  parseDuration,
  parseLine,
  parseName,
  sanitizeText,
  showDuration,
  splitWord,
  suggest,
  TelnetLink,
  toWire,
  type Input as Decoded,
} from '@chat-server/protocol';
import { type Look, renderLine } from '@chat-server/terminal';
import { commands, findCommand } from 'chat-server/src/commands/catalogue';
import { bytesOf } from '../material/bytes';
import { expectPlain, expectSeen } from '../material/harmless';
import { said } from '../material/talk';
import { telnetPiece } from '../material/telnet';
import { text } from '../material/text';
import type { Random } from '../random';
import { holds, type Target, trialOf } from '../target';

interface Input {
  readonly bytes: string;
  /** Where the bytes are cut. */
  readonly cuts: readonly number[];
}

const lineBytesMax = 256;
const known = commands.map(({ name }) => name);
const looks = [0, 1, 17, 80].map((columns): Look => ({
  columns,
  colours: 256,
  theme: 'any',
  isScreenReader: false,
  clock: undefined,
}));

/** Bytes to lines, lines to what is meant, and that to what is sent: all that is pure on the way. */
export const lines: Target<Input> = {
  name: 'lines',
  what: 'bytes through the line decoder, telnet, the grammar, the sanitizer and the wire',
  batch: 500,
  share: 70_000,
  generate(random) {
    const bytes = piece(random).slice(0, random.once(50) ? 4_000 : 200);
    return { bytes, cuts: random.some(6, () => random.below(bytes.length + 1)) };
  },
  open: () => Promise.resolve(trialOf(check)),
};

function piece(random: Random): string {
  switch (random.below(4)) {
    case 0:
      return said(random);
    case 1:
      return telnetPiece(random) + text(random) + telnetPiece(random);
    default:
      return `${text(random)}\r\n`;
  }
}

function check({ bytes, cuts }: Input): void {
  const all = bytesOf(bytes);
  const whole = new LineDecoder({ lineBytesMax }).decode(all);
  const inPieces = new LineDecoder({ lineBytesMax, decodeText: asNode });
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), all.length];
  const decoded = bounds.flatMap((at, index) =>
    inPieces.decode(all.subarray(at, bounds[index + 1])),
  );
  holds(same(whole, decoded), 'cutting makes a difference', bytes, cuts);
  const link = new TelnetLink();
  for (const input of whole) {
    if (input.kind === 'telnet') link.receive(input.command);
    if (input.kind !== 'line') continue;
    link.lineRead(input.end);
    checkLine(input.text);
  }
  checkLine(bytes);
}

function checkLine(line: string): void {
  const clean = sanitizeText(line);
  expectSeen(clean, 'a sanitised line');
  holds(sanitizeText(clean) === clean, 'sanitising twice makes a difference', line);
  const wire = expectPlain(Buffer.from(toWire(line)), 'a line on the wire');
  holds(wire.endsWith('\r\n') && wire.indexOf('\r') === wire.length - 2, 'a line is one', line);
  checkRequest(clean);
  const look = looks[line.length % looks.length];
  const rows = look === undefined ? '\n' : renderLine(`[one]: ${line}`, look, 0);
  holds(rows.endsWith('\n'), 'a drawn line has no end', line);
}

function checkRequest(line: string): void {
  const request = parseLine(line);
  if (request.kind === 'say') holds(request.text.trim() !== '', 'nothing is said', line);
  if (request.kind === 'command') {
    holds(!/\s/.test(request.name), 'a command is one word', line);
    const near = suggest(request.name, known);
    holds(near === undefined || findCommand(near) !== undefined, 'nothing such is known', near);
    const [word, rest] = splitWord(request.rest);
    holds(!/\s/.test(word) && rest === rest.trimStart(), 'a word is one', request.rest);
    checkWord(word);
  }
  checkWord(line);
}

function checkWord(word: string): void {
  const name = parseName(word);
  if (name !== undefined) {
    holds(/^[\w-]{1,32}$/.test(name), 'a name is one', word);
    holds(parseName(nameKey(name)) !== undefined, 'a key of a name is one', word);
  }
  const ms = parseDuration(word);
  if (ms !== undefined) holds(ms > 0 && showDuration(ms) !== '', 'a time lasts', word);
}

function asNode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start, end);
}

function same(some: readonly Decoded[], others: readonly Decoded[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, index) => JSON.stringify(one) === JSON.stringify(others[index]))
  );
}
