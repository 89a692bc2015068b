/** How many bytes a text takes as UTF-8; half a surrogate pair counts as the U+FFFD it becomes. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    const isHalfOfPair = (text.codePointAt(at) ?? 0) > 0xffff;
    if (isHalfOfPair) at += 1;
    // A pair is two units already, and four bytes.
    bytes += unit < 0x800 ? 1 : 2;
  }
  return bytes;
}
