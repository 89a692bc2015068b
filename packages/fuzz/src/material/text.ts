import type { Random } from '../random';
import { anyBytes, utf8 } from './bytes';

const words = [
  'a',
  'hi',
  'hello there',
  'né',
  'ß',
  '日本',
  '世界',
  'עברית',
  'العربية',
  'e\u0301',
  '😀',
  '👨‍👩‍👧‍👦',
  '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  '🇩🇪',
  '\uFE0F',
  '\u200D',
  '\u200B',
  '\u00A0',
  '\u3000',
  '\u0301'.repeat(40),
  '  ',
  '\t',
  'x'.repeat(300),
  '日'.repeat(400),
] as const satisfies readonly string[];

/** Characters that act on terminals, hide, or turn text around. */
const harmful = [
  '\u0000',
  '\u0007',
  '\u0008',
  '\u000B',
  '\u000C',
  '\u000E',
  '\u001B',
  '\u007F',
  '\u0085',
  '\u009B',
  '\u009D',
  '\u061C',
  '\u200E',
  '\u200F',
  '\u202A',
  '\u202E',
  '\u2028',
  '\u2029',
  '\u2066',
  '\u2069',
  '\uFEFF',
  '\uFFF9',
  '\u{E0001}',
  '\u{E0041}',
] as const;

const sequences = [
  '\u001B[2J',
  '\u001B[31m',
  '\u001B[1;1H',
  '\u001B[?1049h',
  '\u001B]0;title\u0007',
  '\u001B]8;;http://x/\u001B\\link\u001B]8;;\u001B\\',
  '\u001B]52;c;aGk=\u0007',
  '\u001BP+q544e\u001B\\',
  '\u001Bc',
  '\u001B#8',
  '\u001B[6n',
  '\u001B[c',
  '\u009B31m',
  '\u009D0;title\u009C',
  '\u001B[200~a\rb\u001B[201~',
  '\u001B[201~',
  '\u001B[24;80R',
  '\u001B[A',
  '\u001B[D',
  '\u001B[3~',
  '\u001BOP',
  '\u001B[1;5C',
  '\u001B[999999999999999999999m',
] as const;

/** UTF-8 that is none. */
const broken = [
  '\xC0\x80',
  '\xE2\x82',
  '\xF0\x9F\x98',
  '\xED\xA0\x80',
  '\xED\xB0\x80',
  '\xF4\x90\x80\x80',
  '\xF8\x88\x80\x80\x80',
  '\x80',
  '\xFE',
  '\xC2',
] as const;

/** The bytes of something that someone might type, or should not. */
export function textPiece(random: Random): string {
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return utf8(random.pick(words));
    case 3:
      return utf8(random.pick(harmful));
    case 4:
      return random.once(2) ? random.pick(sequences) : utf8(random.pick(sequences));
    case 5:
      return random.pick(broken);
    case 6:
      return anyBytes(random, 6);
    default:
      return utf8(String.fromCodePoint(aPoint(random)));
  }
}

/** Some pieces of text, without an end. */
export function text(random: Random): string {
  return random.some(8, () => textPiece(random)).join(random.once(3) ? ' ' : '');
}

/** Any code point but the surrogates, the low ones more often. */
function aPoint(random: Random): number {
  const point = random.below(random.pick([0x80, 0x2_00, 0x30_00, 0x1_00_00, 0x11_00_00]));
  return point >= 0xd8_00 && point <= 0xdf_ff ? 0xfffd : point;
}
