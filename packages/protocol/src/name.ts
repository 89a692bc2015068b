import { protocolLimits } from './limits';

declare const nameBrand: unique symbol;

/** The name of a user or a room, as it was typed: only `parseName` makes one. */
export type Name = string & { readonly [nameBrand]: true };

const namePattern = new RegExp(`^[A-Za-z0-9_-]{1,${protocolLimits.nameLengthMax}}$`);

/**
 * The name that a text is, without white space around it: 1 to 32 of A-Z a-z 0-9 _ -. Undefined
 * for everything else; only ASCII, so that no two names look alike by borrowing letters.
 */
export function parseName(text: string): Name | undefined {
  const trimmed = text.trim();
  return isName(trimmed) ? trimmed : undefined;
}

/** The form in which names are compared and stored as keys: without case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** Whether two texts name the same user or room. */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

function isName(text: string): text is Name {
  return namePattern.test(text);
}
