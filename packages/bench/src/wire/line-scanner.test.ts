import { texts } from '@chat-server/protocol';
import * as fc from 'fast-check';
import {
  CountedLineEncoder,
  hasTime,
  readAgeUs,
  roomName,
  sequenceMax,
  textBytes,
  userName,
} from './counted-line';
import { scanLines } from './line-scanner';

function text(sequence: number, sentAtUs?: number): string {
  return new CountedLineEncoder('').encode([{ sequence, sentAtUs }]).toString().trimEnd();
}

/** Scans a stream cut into chunks as a connection does, and writes down what it finds. */
function found(stream: string, cuts: readonly number[] = []): string[] {
  const lines: string[] = [];
  const bytes = Buffer.from(stream);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  let start = 0;
  for (const end of ends.toSorted((a, b) => a - b)) {
    start = scanLines(bytes, start, end, {
      counted: (writer, sequence) => lines.push(`counted ${writer} ${sequence}`),
      joined: (user) => lines.push(`joined ${user}`),
      other: (all, from, to) => lines.push(`other ${all.toString('latin1', from, to).trimEnd()}`),
    });
  }
  return lines;
}

test('a counted text has 64 bytes, and its line ends', () => {
  expect(text(1)).toHaveLength(textBytes);
  expect(new CountedLineEncoder('').encode([{ sequence: 1, sentAtUs: 5 }])).toHaveLength(65);
});

test('lines said, whispered and told of joins are found among others', () => {
  const stream = [
    texts.said(userName(12), text(7)),
    texts.welcome('x'),
    texts.whispered(userName(99_999), text(sequenceMax)),
    texts.joined(userName(3), roomName(0)),
    texts.left(userName(3), roomName(0)),
    texts.said(userName(1), 'hi #1'),
  ];
  expect(found(stream.map((line) => `${line}\r\n`).join(''))).toEqual([
    'counted 12 7',
    'other Welcome, x.',
    `counted 99999 ${sequenceMax}`,
    'joined 3',
    'other [*]: User u00003 left r00000.',
    'other [u00001]: hi #1',
  ]);
});

test('it makes no difference how a stream is cut into chunks', () => {
  const line = fc.oneof(
    fc.nat({ max: 999 }).map((n) => texts.said(userName(n), text(n + 1))),
    fc.nat({ max: 999 }).map((n) => texts.whispered(userName(n), text(n + 1))),
    fc.nat({ max: 999 }).map((n) => texts.joined(userName(n), roomName(0))),
    fc.constant(texts.unknownCommand),
  );
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
      const stream = lines.map((one) => `${one}\r\n`).join('');
      const whole = found(stream);
      expect(whole).toHaveLength(lines.length);
      expect(found(stream, cuts)).toEqual(whole);
    }),
  );
});

test('a counted line that lacks a byte is not taken for one', () => {
  const line = `${texts.said(userName(1), text(1))}\r\n`;
  fc.assert(
    fc.property(fc.nat({ max: line.length - 2 }), (at) => {
      const cut = line.slice(0, at) + line.slice(at + 1);
      expect(found(cut).filter((kind) => kind.startsWith('counted'))).toEqual([]);
    }),
  );
});

test('the age of a line is what passed since the time in it', () => {
  const bytes = Buffer.from(text(1, 5_000_000.4));
  expect(hasTime(bytes, 0)).toBe(true);
  expect(readAgeUs(bytes, 0, 5_001_234)).toBe(1_234);
  expect(hasTime(Buffer.from(text(1)), 0)).toBe(false);
});

test('a line from a process whose clock is a little ahead has no age', () => {
  expect(readAgeUs(Buffer.from(text(1, 5_000_010)), 0, 5_000_000)).toBe(0);
});

test('an age is right where the digits of a time have wrapped', () => {
  const bytes = Buffer.from(text(1, 10 ** 12 - 10));
  expect(readAgeUs(bytes, 0, 10 ** 12 + 5)).toBe(15);
});
