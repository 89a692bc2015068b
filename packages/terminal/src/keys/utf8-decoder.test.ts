import * as fc from 'fast-check';
import { Utf8Decoder } from './utf8-decoder';

function decode(bytes: Iterable<number>): string {
  const decoder = new Utf8Decoder();
  return Array.from(bytes, (byte) => decoder.read(byte)).join('') + decoder.end();
}

test('characters of one to four bytes are read byte by byte', () => {
  expect(decode(new TextEncoder().encode('aé€😀'))).toBe('aé€😀');
});

test('nothing comes before the last byte of a character', () => {
  const decoder = new Utf8Decoder();
  expect([0xe2, 0x82, 0xac].map((byte) => decoder.read(byte))).toEqual(['', '', '€']);
});

test('any bytes give what the decoder of the WHATWG standard gives', () => {
  const byte = fc.oneof(
    fc.constantFrom(0x61, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xf5),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => {
      const standard = new TextDecoder('utf-8', { ignoreBOM: true });
      expect(decode(bytes)).toBe(standard.decode(Uint8Array.from(bytes)));
    }),
    { numRuns: 1000 },
  );
});
