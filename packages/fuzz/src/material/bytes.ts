import type { Random } from '../random';

/*
 * Bytes are strings of the characters U+0000 to U+00FF, one a byte: so an input is readable JSON.
 */

export function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** The bytes of a text's UTF-8. */
export function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function anyBytes(random: Random, max: number): string {
  return random.some(max, () => String.fromCharCode(random.below(256))).join('');
}

/** Changes some bytes, or none: flips, drops, repeats and swaps parts. */
export function mutated(random: Random, bytes: string): string {
  if (!random.once(3) || bytes === '') return bytes;
  const at = random.below(bytes.length);
  const end = at + random.below(Math.min(bytes.length - at, 16) + 1);
  const [before, part, after] = [bytes.slice(0, at), bytes.slice(at, end), bytes.slice(end)];
  switch (random.below(5)) {
    case 0:
      return before + after;
    case 1:
      return before + part.repeat(random.below(9)) + after;
    case 2:
      return after + part + before;
    case 3:
      return before + anyBytes(random, 8) + after;
    default: {
      const flipped = bytes.charCodeAt(at) ^ (1 << random.below(8));
      return before + String.fromCharCode(flipped) + bytes.slice(at + 1);
    }
  }
}
