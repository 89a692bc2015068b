// Only where characters begin is asked here, never how wide they are, so not all are listed.
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

// Latin, Greek, Cyrillic, kana, Han: looking at them beats the segmenter by far.
const plainRanges: readonly (readonly [first: number, last: number])[] = [
  [0xc0, 0x24f],
  [0x391, 0x3ff],
  [0x400, 0x482],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x4e00, 0x9fff],
];

/** Where the characters of a text begin and end, as a person sees them (UAX #29). */
export class CharacterBoundaries {
  private segments: Intl.Segments | undefined;

  constructor(private readonly text: string) {}

  /** Where the character before this boundary begins; 0 at the text's start. */
  before(at: number): number {
    if (at <= 1) return 0;
    if (this.isPlainAt(at - 1) && this.isPlainAt(at - 2)) return at - 1;
    return this.characterAt(at - 1)?.index ?? 0;
  }

  /** Where the character behind this boundary ends; the text's length at its end. */
  after(at: number): number {
    if (at >= this.text.length - 1) return this.text.length;
    if (this.isPlainAt(at) && this.isPlainAt(at + 1)) return at + 1;
    const found = this.characterAt(at);
    return found === undefined ? this.text.length : found.index + found.segment.length;
  }

  /** The place itself if no character lies across it, or else the end of the one that does. */
  atOrAfter(at: number): number {
    if (at <= 0) return 0;
    if (at >= this.text.length) return this.text.length;
    return this.before(at + 1) === at ? at : this.after(at);
  }

  private isPlainAt(at: number): boolean {
    return isPlain(this.text.charCodeAt(at));
  }

  private characterAt(at: number): Intl.SegmentData | undefined {
    this.segments ??= segmenter.segment(this.text);
    return this.segments.containing(at);
  }
}

/** Whether it is a character that never joins its like, as most of those are that are typed. */
function isPlain(unit: number): boolean {
  if (unit <= 0x7e) return unit >= 0x20;
  return plainRanges.some(([first, last]) => first <= unit && unit <= last);
}
