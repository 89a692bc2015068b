/**
 * Stands for what is kept and cannot be read, since it is no JSON, or not as many entries as its
 * batch is said to have. A backend hands it out in the place of the document, entry or claim.
 */
export const unreadable: unique symbol = Symbol('unreadable');

/** The value of a text of JSON; never throws. */
export function valueIn(text: unknown): unknown {
  if (typeof text !== 'string') return unreadable;
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

/** The `count` entries of a batch. */
export function entriesIn(text: unknown, count: number): unknown[] {
  const entries = valueIn(text);
  if (Array.isArray(entries) && entries.length === count) return entries;
  return Array<unknown>(count).fill(unreadable);
}
