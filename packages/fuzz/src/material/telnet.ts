import type { Random } from '../random';
import { anyBytes } from './bytes';

const options = [0, 1, 3, 5, 6, 24, 25, 31, 32, 34, 39, 42, 69, 70, 85, 86, 201, 255] as const;
const verbs = ['\xFB', '\xFC', '\xFD', '\xFE'] as const;
const commands = [
  '\xF1',
  '\xF2',
  '\xF3',
  '\xF4',
  '\xF5',
  '\xF6',
  '\xF7',
  '\xF8',
  '\xF9',
  '\xEF',
] as const;
const types = [
  'XTERM',
  'ANSI',
  'MTTS 9',
  'MTTS 329',
  'MTTS 99999999999',
  'TINTIN++',
  'DUMB',
  '',
] as const;

/** What real telnet opens with, so that what follows reaches a line editor. */
export const telnetOpening =
  '\xFF\xFD\x03\xFF\xFB\x18\xFF\xFB\x1F\xFF\xFB\x20\xFF\xFB\x21\xFF\xFB\x22\xFF\xFB\x27\xFF\xFD\x05';

/** One command, negotiation or subnegotiation, whole or broken. */
export function telnetPiece(random: Random): string {
  switch (random.below(8)) {
    case 0:
    case 1:
      return `\xFF${random.pick(verbs)}${anOption(random)}`;
    case 2:
      return `\xFF${random.pick(commands)}`;
    case 3:
      return about('\x1F', size(random));
    case 4:
      return about('\x18', `\x00${random.pick(types)}`);
    case 5:
      return about(anOption(random), anyBytes(random, random.once(20) ? 3_000 : 20));
    case 6:
      return random.pick([
        '\xFF',
        '\xFF\xFF',
        '\xFF\xFA',
        '\xFF\xFA\x1F\x00',
        '\xFF\xF0',
        '\xFF\xFB',
      ]);
    default:
      // What a terminal that the server edits for answers.
      return '\xFF\xFD\x01\xFF\xFD\x03\xFF\xFB\x1F';
  }
}

function about(option: string, payload: string): string {
  return `\xFF\xFA${option}${payload}\xFF\xF0`;
}

function anOption(random: Random): string {
  return String.fromCharCode(random.once(4) ? random.below(256) : random.pick(options));
}

/** Of a window, in columns and rows. */
function size(random: Random): string {
  const side = (): string => {
    const number = random.pick([0, 1, 2, 5, 24, 80, 200, 255, 1_000, 65_535]);
    const bytes = String.fromCharCode(number >> 8, number & 255);
    return bytes.replaceAll('\xFF', '\xFF\xFF');
  };
  return side() + side();
}
