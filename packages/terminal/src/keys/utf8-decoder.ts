const replacement = '\uFFFD';

/**
 * UTF-8 byte by byte, as the WHATWG Encoding Standard decodes it: each maximal part of a sequence
 * that is broken becomes one U+FFFD. Holds what it knows of one character, and never throws.
 */
export class Utf8Decoder {
  private point = 0;
  private missing = 0;
  // What the next byte may be: the second one alone decides about overlong forms, surrogates and
  // what is above U+10FFFF.
  private lowest = 0x80;
  private highest = 0xbf;

  /** The text that this byte completes; empty while its character is unfinished. */
  read(byte: number): string {
    if (this.missing === 0) return this.begin(byte);
    if (byte < this.lowest || byte > this.highest) return this.end() + this.begin(byte);
    this.lowest = 0x80;
    this.highest = 0xbf;
    this.point = (this.point << 6) | (byte & 0x3f);
    this.missing -= 1;
    return this.missing === 0 ? String.fromCodePoint(this.point) : '';
  }

  /** The text of a character that stays unfinished: U+FFFD, or empty if there is none. */
  end(): string {
    if (this.missing === 0) return '';
    this.missing = 0;
    return replacement;
  }

  private begin(lead: number): string {
    if (lead < 0x80) return String.fromCharCode(lead);
    if (lead < 0xc2 || lead > 0xf4) return replacement;
    this.missing = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    this.point = lead & (0x3f >> this.missing);
    this.lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    this.highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    return '';
  }
}
