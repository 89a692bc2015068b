import * as fc from 'fast-check';
import { LineDecoder } from './line-decoder';
import type { Input } from './line-decoder';

const encoder = new TextEncoder();
const nop = [0xff, 0xf1];

function bytesOf(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(encoder.encode(part)) : part)),
  );
}

function rawDecoder(): LineDecoder {
  const decoder = new LineDecoder({ lineBytesMax: 8 });
  decoder.setRaw(true, []);
  return decoder;
}

/** Inputs in a form in which it does not matter where data was cut: byte by byte. */
function unfolded(inputs: readonly Input[]): unknown[] {
  return inputs.flatMap((input): unknown[] =>
    input.kind === 'data' ? Array.from(input.bytes) : [input],
  );
}

function text(inputs: readonly Input[]): string {
  const bytes = inputs.flatMap((input) => (input.kind === 'data' ? Array.from(input.bytes) : []));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Reads chunks, and changes between lines and data at each telnet command, as a server may. */
function decodeChanging(chunks: readonly Uint8Array[]): Input[] {
  const decoder = new LineDecoder({ lineBytesMax: 8 });
  const inputs: Input[] = [];
  for (const chunk of chunks) {
    let at = 0;
    while (at < chunk.length) {
      const countBefore = inputs.length;
      at = decoder.decodeFrom(chunk, at, inputs);
      const last = inputs.at(-1);
      const isCommand = inputs.length > countBefore && last?.kind === 'telnet';
      if (isCommand) decoder.setRaw(!decoder.isRaw, inputs);
    }
  }
  return inputs;
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  bounds.sort((a, b) => a - b);
  return bounds.map((bound, index) => bytes.slice(bound, bounds[index + 1] ?? bytes.length));
}

const anyBytes = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom([0xff, 0xf1], [0xff, 0xff], [0xff, 0xfd, 0x01]), weight: 3 },
      { arbitrary: fc.constantFrom([0x00], [0x0a], [0x0d], [0xff], [0xfa], [0xf0]), weight: 3 },
      { arbitrary: fc.integer({ min: 0, max: 255 }).map((byte) => [byte]), weight: 1 },
    ),
    { maxLength: 60 },
  )
  .map((parts) => Uint8Array.from(parts.flat()));
const cuts = fc.array(fc.nat(), { maxLength: 12 });

test('while raw, any bytes, cut anywhere, give the same data and the same commands', () => {
  fc.assert(
    fc.property(anyBytes, cuts, (bytes, where) => {
      const decoder = rawDecoder();
      const inputs = cutAt(bytes, where).flatMap((chunk) => decoder.decode(chunk));
      expect(unfolded(inputs)).toEqual(unfolded(rawDecoder().decode(bytes)));
    }),
    { numRuns: 1000 },
  );
});

test('so they do when a command changes how the rest is read, in the same chunk or in the next', () => {
  fc.assert(
    fc.property(anyBytes, cuts, (bytes, where) => {
      expect(unfolded(decodeChanging(cutAt(bytes, where)))).toEqual(
        unfolded(decodeChanging([bytes])),
      );
    }),
    { numRuns: 1000 },
  );
});

test('while raw, any text without an IAC is data as it stands', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), cuts, (sent, where) => {
      const decoder = rawDecoder();
      const chunks = cutAt(encoder.encode(sent), where);
      expect(text(chunks.flatMap((chunk) => decoder.decode(chunk)))).toBe(
        new TextDecoder().decode(encoder.encode(sent)),
      );
    }),
  );
});

test('keys come at once, their line ends as they were sent', () => {
  const decoder = rawDecoder();
  expect(text(decoder.decode(bytesOf('a')))).toBe('a');
  expect(text(decoder.decode(bytesOf('\r')))).toBe('\r');
  expect(text(decoder.decode(bytesOf('\0b\r\nc\n')))).toBe('\0b\r\nc\n');
});

test('while raw, a doubled IAC is one byte of data, and a lone one before text is none', () => {
  const decoder = rawDecoder();
  expect(unfolded(decoder.decode(bytesOf('a', [0xff, 0xff], 'b', [0xff], 'c')))).toEqual([
    0x61, 0xff, 0x62, 0x63,
  ]);
});

test('only a command that is not finished is held back', () => {
  const decoder = rawDecoder();
  expect(unfolded(decoder.decode(bytesOf('a', [0xff, 0xfd])))).toEqual([0x61]);
  expect(unfolded(decoder.decode(bytesOf([0x01], 'b')))).toEqual([
    { kind: 'telnet', command: { verb: 'do', option: 1 } },
    0x62,
  ]);
});

test('there is no limit to what is typed without an Enter', () => {
  expect(text(rawDecoder().decode(bytesOf('123456789')))).toBe('123456789');
});

test('reading stops after each command, so that what follows can be read in another way', () => {
  const decoder = new LineDecoder({ lineBytesMax: 8 });
  const chunk = bytesOf('one\r\n', nop, 'two\r\n', nop);
  const inputs: Input[] = [];
  const at = decoder.decodeFrom(chunk, 0, inputs);
  expect(at).toBe(7);
  expect(inputs).toEqual([
    { kind: 'line', text: 'one', end: 'crlf' },
    { kind: 'telnet', command: { verb: 'nop' } },
  ]);
  decoder.setRaw(true, inputs);
  expect(decoder.decodeFrom(chunk, at, inputs)).toBe(chunk.length);
  expect(unfolded(inputs).slice(2)).toEqual([
    ...bytesOf('two\r\n'),
    { kind: 'telnet', command: { verb: 'nop' } },
  ]);
});

test('where to go on is never beyond the chunk', () => {
  fc.assert(
    fc.property(anyBytes, fc.boolean(), (bytes, isRaw) => {
      const decoder = new LineDecoder({ lineBytesMax: 8 });
      decoder.setRaw(isRaw, []);
      let at = 0;
      while (at < bytes.length) {
        const next = decoder.decodeFrom(bytes, at, []);
        expect(next).toBeGreaterThan(at);
        at = next;
      }
      expect(at).toBe(bytes.length);
    }),
  );
});

test('the part of a line that had been read comes first, its CR too', () => {
  const decoder = new LineDecoder({ lineBytesMax: 8 });
  decoder.decode(bytesOf('half a\r'));
  const inputs: Input[] = [];
  decoder.setRaw(true, inputs);
  expect(text(inputs)).toBe('half a\r');
  expect(text(decoder.decode(bytesOf('\n')))).toBe('\n');
});

test('a line that was too long already is gone', () => {
  const decoder = new LineDecoder({ lineBytesMax: 8 });
  expect(decoder.decode(bytesOf('123456789\r'))).toEqual([{ kind: 'line-too-long' }]);
  const inputs: Input[] = [];
  decoder.setRaw(true, inputs);
  expect(inputs).toEqual([]);
  expect(text(decoder.decode(bytesOf('next')))).toBe('next');
});

test('being told twice changes nothing', () => {
  const decoder = new LineDecoder({ lineBytesMax: 8 });
  decoder.decode(bytesOf('half'));
  decoder.setRaw(false, []);
  expect(decoder.decode(bytesOf(' a\n'))).toEqual([{ kind: 'line', text: 'half a', end: 'lf' }]);
  const inputs: Input[] = [];
  decoder.setRaw(true, inputs);
  decoder.setRaw(true, inputs);
  expect([decoder.isRaw, inputs]).toEqual([true, []]);
});

test('after data, a new line begins', () => {
  const decoder = rawDecoder();
  decoder.decode(bytesOf('keys\r'));
  decoder.setRaw(false, []);
  expect(decoder.decode(bytesOf('line\r\n'))).toEqual([
    { kind: 'line', text: 'line', end: 'crlf' },
  ]);
});

test('while raw the decoder holds no buffer', () => {
  const decoder = new LineDecoder({ lineBytesMax: 8 });
  decoder.decode(bytesOf('half'));
  decoder.setRaw(true, []);
  decoder.decode(bytesOf('keys', nop));
  expect(Object.values(decoder).filter((value) => typeof value === 'object')).toEqual([]);
});
