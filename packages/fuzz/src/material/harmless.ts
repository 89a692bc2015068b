import { holds } from '../target';

/*
 * Written anew, and not taken from what is tried: what acts on a terminal or hides in a text.
 */

// Controls but line ends are named one by one below, since some may stand where others may not.
const hiding =
  /[\u0080-\u009F\u061C\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;
const control = new RegExp(String.raw`[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F]`);
const strayEnd = /\r(?!\n)|(?<!\r)\n/;

/** Throws unless it is nothing but characters that are seen. */
export function expectSeen(text: string, what: string): void {
  holds(text.isWellFormed(), `${what} is not well-formed`, text);
  holds(!hiding.test(text) && !/[\r\n]/.test(text) && !control.test(text), `${what} acts`, text);
}

/** Throws unless bytes are whole lines of UTF-8 with nothing in them that acts on a terminal. */
export function expectPlain(bytes: Uint8Array, what: string): string {
  const text = decode(bytes, what);
  holds(!hiding.test(text) && !control.test(text), `${what} has what acts`, offending(text));
  holds(!strayEnd.test(text), `${what} has half a line end`, text.slice(0, 200));
  return text;
}

/** What a line editor draws with: the cursor's ways, erasing, colours and modes. */
const drawing = new RegExp(
  String.raw`\u001B\[[?]?[\d;]*[A-HJKPXdfhlmnsu@]|\u001B[78]|[\u0007\u0008]`,
  'g',
);
const negotiation = /\xFF(?:\xFA[^]*?\xFF\xF0|[\xFB-\xFE][^]|[\xF1-\xF9])/g;

/** Throws unless bytes are text, and what a line editor draws with. */
export function expectDrawn(bytes: Uint8Array, what: string): void {
  const latin = Buffer.from(bytes).toString('latin1').replaceAll(negotiation, '');
  const text = decode(Buffer.from(latin, 'latin1'), what).replaceAll(drawing, '');
  holds(!hiding.test(text) && !control.test(text), `${what} has what acts`, offending(text));
}

function decode(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(
      `${what} is no UTF-8: ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`,
    );
  }
}

function offending(text: string): string {
  const at = Math.min(...[hiding, control].map((each) => text.search(each)).filter((n) => n >= 0));
  return text.slice(Math.max(0, at - 60), at + 60);
}
