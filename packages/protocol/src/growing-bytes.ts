// V8 keeps a typed array of up to 64 bytes inside its own heap; larger ones cost an allocation more.
const firstBytes = 64;
const none = new Uint8Array(0);

/** Bytes gathered up to a limit that is known in advance; it never holds more memory than that. */
export class GrowingBytes {
  bytes: Uint8Array = none;
  length = 0;

  constructor(private readonly bytesMax: number) {}

  /** Takes bytes [start, end) of source over; false, with nothing taken, if they do not fit the limit. */
  append(source: Uint8Array, start: number, end: number): boolean {
    const length = this.length + end - start;
    if (!this.reserve(length)) return false;
    // A loop, since most pieces are a few keystrokes: a view for set() would cost more than the copy.
    for (let at = start; at < end; at += 1) this.bytes[this.length + at - start] = source[at] ?? 0;
    this.length = length;
    return true;
  }

  /** Takes one byte over; false, with nothing taken, if it does not fit the limit. */
  push(byte: number): boolean {
    if (!this.reserve(this.length + 1)) return false;
    this.bytes[this.length] = byte;
    this.length += 1;
    return true;
  }

  private reserve(length: number): boolean {
    if (length > this.bytesMax) return false;
    if (length > this.bytes.length) {
      const wanted = Math.max(length, firstBytes, this.bytes.length * 2);
      const grown = new Uint8Array(Math.min(wanted, this.bytesMax));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    return true;
  }
}
