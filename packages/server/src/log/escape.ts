// Everything that could move a cursor, start a line, or reorder text on a terminal.
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Text as it may stand in a log that is read on a terminal: what is unsafe becomes `\u001b`. */
export function escapeForLog(text: string): string {
  return text.replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
