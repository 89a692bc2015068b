import * as fc from 'fast-check';
import { LineDecoder } from './line-decoder';
import type { Input, LineDecoderOptions } from './line-decoder';

const encoder = new TextEncoder();
const puttyOpening =
  'ff fb 1f ff fb 20 ff fb 18 ff fb 27 ff fd 01 ff fb 03 ff fd 03 6f 6e 65 0d 0a';

function bytesOf(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(encoder.encode(part)) : part)),
  );
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.split(' '), (byte) => Number.parseInt(byte, 16));
}

function decodeWhole(bytes: Uint8Array, options: Partial<LineDecoderOptions> = {}): Input[] {
  return new LineDecoder({ lineBytesMax: 1024, ...options }).decode(bytes);
}

function decodeCut(bytes: Uint8Array, cuts: readonly number[], lineBytesMax: number): Input[] {
  const decoder = new LineDecoder({ lineBytesMax });
  const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  bounds.sort((a, b) => a - b);
  return bounds.flatMap((bound, index) =>
    decoder.decode(bytes.slice(bound, bounds[index + 1] ?? bytes.length)),
  );
}

function lines(inputs: readonly Input[]): string[] {
  return inputs.flatMap((input) => (input.kind === 'line' ? [input.text] : []));
}

function toDecimal(bytes: Uint8Array, start: number, end: number): string {
  return bytes.slice(start, end).join(' ');
}

/** What the decoder refers to beyond its options, such as a buffer. */
function held(decoder: LineDecoder): unknown[] {
  return Object.values(decoder).filter((value) => typeof value === 'object');
}

// Bytes that mean something to the decoder, so that commands, line ends and characters collide.
const anyBytes = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(0x00, 0x0a, 0x0d, 0xff), weight: 3 },
      { arbitrary: fc.constantFrom(0xf0, 0xf1, 0xfa, 0xfb, 0xfd, 0x1f, 0x01), weight: 2 },
      { arbitrary: fc.constantFrom(0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac), weight: 2 },
      { arbitrary: fc.integer({ min: 0, max: 255 }), weight: 1 },
    ),
    { maxLength: 80 },
  )
  .map((bytes) => Uint8Array.from(bytes));

test('any bytes, cut anywhere, give the same inputs as uncut', () => {
  fc.assert(
    fc.property(
      anyBytes,
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.constantFrom(0, 1, 6, 1024),
      (bytes, cuts, lineBytesMax) => {
        expect(decodeCut(bytes, cuts, lineBytesMax)).toEqual(decodeWhole(bytes, { lineBytesMax }));
      },
    ),
    { numRuns: 3000 },
  );
});

test('any bytes, read one by one, give the same inputs as at once', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const everywhere = Array.from(bytes, (_, index) => index);
      expect(decodeCut(bytes, everywhere, 8)).toEqual(decodeWhole(bytes, { lineBytesMax: 8 }));
    }),
    { numRuns: 1000 },
  );
});

test('any lines of text arrive as they were sent, wherever they are cut', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(
      fc.array(fc.record({ text, end: fc.constantFrom('\r\n', '\n', '\r\0') }), { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (sent, cuts) => {
        const bytes = bytesOf(sent.map((line) => line.text + line.end).join(''));
        expect(lines(decodeCut(bytes, cuts, 4096))).toEqual(sent.map((line) => line.text));
      },
    ),
  );
});

test('a line tells which of CR LF, LF and CR NUL ended it', () => {
  expect(decodeWhole(bytesOf('one\r\ntwo\nthree\r\0\n'))).toEqual([
    { kind: 'line', text: 'one', end: 'crlf' },
    { kind: 'line', text: 'two', end: 'lf' },
    { kind: 'line', text: 'three', end: 'crnul' },
    { kind: 'line', text: '', end: 'lf' },
  ]);
});

test('a CR that ends no line is dropped', () => {
  expect(lines(decodeWhole(bytesOf('a\rb\r\r\nc\n')))).toEqual(['ab', 'c']);
});

test('a character that is split across reads arrives whole', () => {
  const bytes = bytesOf('é € 👩‍🚀\n');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(lines(decodeCut(bytes, [cut], 1024))).toEqual(['é € 👩‍🚀']);
  }
});

test('bytes that are no UTF-8 become replacement characters', () => {
  expect(lines(decodeWhole(bytesOf('a', [0xc3], '\nb', [0x80, 0xe2, 0x82], '\n')))).toEqual([
    'a\uFFFD',
    'b\uFFFD\uFFFD',
  ]);
});

test('the opening negotiation of PuTTY comes before its first line and leaves no trace in it', () => {
  expect(decodeWhole(fromHex(puttyOpening))).toEqual([
    { kind: 'telnet', command: { verb: 'will', option: 31 } },
    { kind: 'telnet', command: { verb: 'will', option: 32 } },
    { kind: 'telnet', command: { verb: 'will', option: 24 } },
    { kind: 'telnet', command: { verb: 'will', option: 39 } },
    { kind: 'telnet', command: { verb: 'do', option: 1 } },
    { kind: 'telnet', command: { verb: 'will', option: 3 } },
    { kind: 'telnet', command: { verb: 'do', option: 3 } },
    { kind: 'line', text: 'one', end: 'crlf' },
  ]);
});

test('a command may stand inside of a character and inside of a line end', () => {
  const nop = [0xff, 0xf1];
  expect(decodeWhole(bytesOf([0xc3, ...nop, 0xa9], '\r', nop, '\n'))).toEqual([
    { kind: 'telnet', command: { verb: 'nop' } },
    { kind: 'telnet', command: { verb: 'nop' } },
    { kind: 'line', text: 'é', end: 'crlf' },
  ]);
});

test('a doubled IAC is the data byte 255', () => {
  expect(lines(decodeWhole(bytesOf('a', [0xff, 0xff], 'b\n'), { decodeText: toDecimal }))).toEqual([
    '97 255 98',
  ]);
  expect(lines(decodeWhole(bytesOf('\r', [0xff, 0xff], '\n'), { decodeText: toDecimal }))).toEqual([
    '255',
  ]);
});

test('an IAC before a byte that is no command does not eat the end of the line', () => {
  expect(lines(decodeWhole(bytesOf('na', [0xff], '\r\nnext\n')))).toEqual(['na', 'next']);
});

test('a line of exactly the limit passes, its end not counted', () => {
  expect(lines(decodeWhole(bytesOf('12345678\r\n'), { lineBytesMax: 8 }))).toEqual(['12345678']);
  expect(lines(decodeCut(bytesOf('12345678\r\n'), [5, 9], 8))).toEqual(['12345678']);
});

test('the limit counts bytes, not characters, and no telnet commands', () => {
  expect(decodeWhole(bytesOf('ééé\n'), { lineBytesMax: 5 })).toEqual([{ kind: 'line-too-long' }]);
  const command = [0xff, 0xfd, 0x06];
  expect(lines(decodeWhole(bytesOf('abc', command, 'de\n'), { lineBytesMax: 5 }))).toEqual([
    'abcde',
  ]);
});

test('a line that is too long is told once, as soon as it is, and the next one is read', () => {
  const decoder = new LineDecoder({ lineBytesMax: 4 });
  expect(decoder.decode(bytesOf('1234'))).toEqual([]);
  expect(decoder.decode(bytesOf('5'))).toEqual([{ kind: 'line-too-long' }]);
  expect(decoder.decode(bytesOf('6789'.repeat(1000)))).toEqual([]);
  expect(decoder.decode(bytesOf('0\r\nnext\n'))).toEqual([
    { kind: 'line', text: 'next', end: 'lf' },
  ]);
});

test('no line is ever longer than the limit, and none is shortened', () => {
  const line = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/\s/g, '_'));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (sent, cuts) => {
      const bytes = bytesOf(sent.map((text) => `${text}\n`).join(''));
      const got = decodeCut(bytes, cuts, 8).map((input) =>
        input.kind === 'line' ? input.text : input.kind,
      );
      expect(got).toEqual(sent.map((text) => (text.length > 8 ? 'line-too-long' : text)));
    }),
  );
});

test('a command in the rest of a line that is too long is still told', () => {
  expect(decodeWhole(bytesOf('12345', [0xff, 0xf6], '6\n'), { lineBytesMax: 4 })).toEqual([
    { kind: 'line-too-long' },
    { kind: 'telnet', command: { verb: 'ayt' } },
  ]);
});

test('between lines the decoder holds no buffer', () => {
  const decoder = new LineDecoder({ lineBytesMax: 1024 });
  expect(held(decoder)).toEqual([]);
  decoder.decode(bytesOf('half a '));
  expect(held(decoder)).toHaveLength(1);
  decoder.decode(bytesOf('line\r\n', [0xff, 0xfa, 31, 0, 80, 0, 24, 0xff, 0xf0]));
  expect(held(decoder)).toEqual([]);
  decoder.decode(bytesOf('x'.repeat(2000)));
  expect(held(decoder)).toEqual([]);
});

test('a line in pieces never holds more than the limit', () => {
  const decoder = new LineDecoder({ lineBytesMax: 1000 });
  for (let sent = 0; sent < 1000; sent += 1) decoder.decode(bytesOf('x'));
  expect(held(decoder)).toMatchObject([{ length: 1000, bytes: { byteLength: 1000 } }]);
});

test('a chunk that is reused after it was read does not change what was read', () => {
  const decoder = new LineDecoder({ lineBytesMax: 1024 });
  const chunk = bytesOf('abc');
  decoder.decode(chunk);
  chunk.fill(0x78);
  expect(lines(decoder.decode(bytesOf('d\n')))).toEqual(['abcd']);
});
