// Controls (C0, DEL, C1), line and paragraph separators, lone surrogates, and format characters:
// bidirectional controls, zero-width characters, tags. The Arabic, Syriac and Kaithi signs in the
// inner class are format characters that are seen, so they stay. The block of tags is named as a
// whole, since its unassigned code points are invisible too, and so is U+2065.
const unsafe =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u2065\u{E0000}-\u{E007F}[\p{Cf}--[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]]]/v;

// Captured is a joiner that stays: UAX #29, rule GB11, one between two pictographs, where the first
// may have a presentation selector or a skin tone, or both.
const joinerOrUnsafe = new RegExp(
  String.raw`((?<=\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]{0,2})\u200D(?=\p{Extended_Pictographic}))|${unsafe.source}`,
  'gv',
);

/**
 * The text without anything that could act on the terminal of whoever reads it, or hide in it:
 * controls with ESC, CR and LF, bidirectional controls, zero-width characters, line separators.
 *
 * A tab becomes a space and a lone surrogate U+FFFD; the rest is left out. ZWJ stays only between
 * two emoji, where it makes one of them. Tag characters go, although the flags of England,
 * Scotland and Wales are written with them: those become a plain black flag, which is all that
 * most terminals draw, while tags anywhere else are text that nobody sees.
 *
 * What is left of an escape sequence is printable (`[31m`) and stays. Idempotent, and cheap for a
 * text that is clean, which is returned as it is.
 */
export function sanitizeText(text: string): string {
  return unsafe.test(text) ? text.replace(joinerOrUnsafe, substitute) : text;
}

function substitute(character: string, joiner: string | undefined): string {
  if (joiner !== undefined) return joiner;
  if (character === '\t') return ' ';
  return character.isWellFormed() ? '' : '\uFFFD';
}
