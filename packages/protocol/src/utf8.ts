const replacement = 0xfffd;
// UTF-16 units for one call of fromCharCode: as arguments they lie on the stack.
const blockUnits = 1024;

/**
 * The text of bytes [start, end), as the WHATWG Encoding Standard decodes UTF-8: each maximal part
 * of a sequence that is broken becomes one U+FFFD. A byte order mark stays. Never throws.
 */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let units: number[] = [];
  let at = start;
  while (at < end) {
    const lead = bytes[at] ?? 0;
    const size = sequenceBytes(lead);
    let point = size === 1 ? lead : lead & (0x7f >> size);
    let taken = 1;
    while (taken < size && at + taken < end) {
      const byte = bytes[at + taken] ?? 0;
      if (!(taken === 1 ? mayBeSecond(lead, byte) : mayFollow(byte))) break;
      point = (point << 6) | (byte & 0x3f);
      taken += 1;
    }
    pushPoint(units, taken === size ? point : replacement);
    at += taken;
    if (units.length >= blockUnits) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

function pushPoint(units: number[], point: number): void {
  if (point <= 0xffff) units.push(point);
  else units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
}

/** The bytes of the sequence that begins with this one; 0 if none does. */
function sequenceBytes(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

function mayFollow(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

/** The second byte alone decides about overlong forms, surrogates and what is above U+10FFFF. */
function mayBeSecond(lead: number, byte: number): boolean {
  switch (lead) {
    case 0xe0:
      return byte >= 0xa0 && byte <= 0xbf;
    case 0xed:
      return byte >= 0x80 && byte <= 0x9f;
    case 0xf0:
      return byte >= 0x90 && byte <= 0xbf;
    case 0xf4:
      return byte >= 0x80 && byte <= 0x8f;
    default:
      return mayFollow(byte);
  }
}
