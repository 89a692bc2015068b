import * as fc from 'fast-check';
import { decodeUtf8 } from './utf8';

const whatwg = new TextDecoder('utf-8', { ignoreBOM: true });
// Leads, continuations and their bounds, so that nearly valid sequences are common.
const nearlyUtf8 = fc.array(
  fc.oneof(
    fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf),
    fc.constantFrom(0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff),
    fc.integer({ min: 0, max: 255 }),
  ),
  { maxLength: 24 },
);

test('any text survives being encoded and decoded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
    }),
  );
});

test('any bytes decode as the Encoding Standard says', () => {
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => {
      const array = Uint8Array.from(bytes);
      expect(decodeUtf8(array, 0, array.length)).toBe(whatwg.decode(array));
    }),
    { numRuns: 2000 },
  );
});

test('every pair of bytes decodes as the Encoding Standard says', () => {
  const differing: number[] = [];
  for (let pair = 0; pair < 0x10000; pair += 1) {
    const bytes = Uint8Array.of(pair >> 8, pair & 0xff, 0x80, 0x80);
    if (decodeUtf8(bytes, 0, 4) !== whatwg.decode(bytes)) differing.push(pair);
  }
  expect(differing).toEqual([]);
});

test('only the bytes within the bounds are read', () => {
  const bytes = new TextEncoder().encode('aé€b');
  expect(decodeUtf8(bytes, 1, 3)).toBe('é');
  expect(decodeUtf8(bytes, 1, 5)).toBe('é\uFFFD');
  expect(decodeUtf8(bytes, 2, 2)).toBe('');
});

test('a text much longer than a line decodes whole', () => {
  const text = 'line of € text, '.repeat(10_000);
  const bytes = new TextEncoder().encode(text);
  expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
});
