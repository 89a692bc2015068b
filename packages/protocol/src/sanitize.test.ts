import * as fc from 'fast-check';
import { sanitizeText } from './sanitize';

const forbidden: [first: number, last: number][] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200b, 0x200c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
];
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\t', '\u001b', '\r', '\n', '\u009b', '\u200b', '\u200d', '\ufe0f'),
    fc.constantFrom('\ud83d', '\ude00', '👩', '🚀', '🏽', '\u{E0067}', '\u202e', '❤'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
});

function isForbidden(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return forbidden.some(([first, last]) => first <= point && point <= last);
}

test('what is clean is returned as it is', () => {
  for (const text of ['hi', '', 'naïve — 日本語 ‹ќ›', 'a~ \u00a0b', 'e\u0301', '\u0600 ✓']) {
    expect(sanitizeText(text)).toBe(text);
  }
});

test('an escape sequence loses what makes it one', () => {
  expect(sanitizeText('\u001b[31mred\u001b[0m \u009b2J\u007f\u0007')).toBe('[31mred[0m 2J');
});

test('a text cannot begin a line of its own', () => {
  expect(sanitizeText('hi\r\n[*]: User root joined\u2028x\u2029y\u0085z')).toBe(
    'hi[*]: User root joinedxyz',
  );
});

test('a tab becomes a space', () => {
  expect(sanitizeText('a\tb')).toBe('a b');
});

test('a text cannot turn its direction or hide', () => {
  expect(sanitizeText('\u202eabc\u202c \u2066d\u2069 \u200e\u200f\u061c')).toBe('abc d ');
  expect(sanitizeText('z\u200be\u200cr\u2060o\ufeff\u00ad')).toBe('zero');
});

test('a lone surrogate becomes a replacement character, and a pair stays', () => {
  expect(sanitizeText('a\ud83d b\ude00 \u{1F600}')).toBe('a\uFFFD b\uFFFD \u{1F600}');
});

test('two halves do not become one character when what parted them is left out', () => {
  expect(sanitizeText('\ud83d\u200b\ude00')).toBe('\uFFFD\uFFFD');
});

test.each(['👨‍👩‍👧‍👦', '👩🏽‍🚀', '❤️‍🔥', '🏳️‍🌈', '👁️‍🗨️', '🧑🏻‍❤️‍💋‍🧑🏿', '🏃🏽‍♂️‍➡️'])('the emoji %s stays whole', (emoji) => {
  expect(sanitizeText(`a ${emoji} b`)).toBe(`a ${emoji} b`);
  expect(sanitizeText(`\u0007${emoji}`)).toBe(emoji);
});

test('a joiner that joins no emoji is left out', () => {
  expect(sanitizeText('a\u200db')).toBe('ab');
  expect(sanitizeText('👩\u200d')).toBe('👩');
  expect(sanitizeText('\u200d🚀')).toBe('🚀');
  expect(sanitizeText('👩\u200d\u200d🚀')).toBe('👩🚀');
  expect(sanitizeText('👩\u200b\u200d🚀')).toBe('👩🚀');
});

test('a flag made of tags becomes the flag without them, and hidden tags are left out', () => {
  expect(sanitizeText('🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}')).toBe('🏴');
  expect(sanitizeText('hi\u{E0001}\u{E0068}\u{E0069}')).toBe('hi');
});

test('every code point that is forbidden is left out or replaced', () => {
  const kept = forbidden.flatMap(([first, last]) => {
    const points = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return points.filter((point) => /[^ \uFFFD]/.test(sanitizeText(String.fromCodePoint(point))));
  });
  expect(kept).toEqual([]);
});

test('nothing that is forbidden is ever left, and once is enough', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const clean = sanitizeText(text);
      expect(Array.from(clean).filter(isForbidden)).toEqual([]);
      expect(sanitizeText(clean)).toBe(clean);
    }),
    { numRuns: 2000 },
  );
});
