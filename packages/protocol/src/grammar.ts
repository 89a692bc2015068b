/** What a user asks for with one line. */
export type Request =
  | { kind: 'empty' }
  | { kind: 'say'; text: string }
  | { kind: 'command'; name: string; rest: string };

/**
 * What a sanitised line asks for: a command if it begins with a slash, else something to say, or
 * nothing if there is only white space. White space in front of a slash does not make it speech: a
 * whisper must not be told to the whole room for a slip of the thumb.
 *
 * `/Name rest` is the command `name`, in lower case, and what follows it, trimmed; a lone slash is
 * the command with the empty name. `//text` says `/text`. What is said keeps the white space in
 * front, for those who draw, and loses it at its end.
 */
export function parseLine(text: string): Request {
  const said = text.trimEnd();
  if (said === '') return { kind: 'empty' };
  const line = said.trimStart();
  if (line.startsWith('//')) return { kind: 'say', text: line.slice(1) };
  if (!line.startsWith('/')) return { kind: 'say', text: said };
  const end = wordEnd(line, 1);
  return {
    kind: 'command',
    name: line.slice(1, end).toLowerCase(),
    rest: line.slice(end).trimStart(),
  };
}

/** The first word of what follows a command, and what follows that word, trimmed; '' for none. */
export function splitWord(rest: string): [word: string, rest: string] {
  const text = rest.trim();
  const end = wordEnd(text, 0);
  return [text.slice(0, end), text.slice(end).trimStart()];
}

/** Where the word that starts at `start` ends. */
function wordEnd(text: string, start: number): number {
  const length = text.slice(start).search(/\s/);
  return length === -1 ? text.length : start + length;
}
