/** The same text in memory of its own: part of a longer string keeps the whole of it alive. */
export function flatCopy(text: string): string {
  return Array.from(text).join('');
}
