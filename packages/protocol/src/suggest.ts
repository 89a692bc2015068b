/**
 * The known word that was most likely meant: the only one that begins with `word`, or else the
 * nearest one, the first of equals. Undefined when none is near.
 *
 * Near is one edit for a word of up to four letters and two for a longer one, where an edit is a
 * letter put in, left out or replaced, or two neighbours swapped (optimal string alignment
 * distance). A single letter is only ever the beginning of a word. Case does not count. A word
 * much longer than every known one is turned down by its length alone.
 */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const longest = known.reduce((length, candidate) => Math.max(length, candidate.length), 0);
  const distanceMax = tolerance(word.length);
  if (word === '' || word.length > longest + distanceMax) return undefined;
  const wanted = word.toLowerCase();
  const [begun, ...others] = known.filter((candidate) =>
    candidate.toLowerCase().startsWith(wanted),
  );
  if (begun !== undefined && others.length === 0) return begun;

  let nearest: string | undefined;
  let limit = distanceMax;
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance > limit) continue;
    nearest = candidate;
    // From here on only what is nearer counts, so that the first of equals stays.
    limit = distance - 1;
  }
  return nearest;
}

function tolerance(length: number): number {
  if (length <= 1) return 0;
  return length <= 4 ? 1 : 2;
}

/** Edits that lie between two words, in time and space of their lengths' product and sum. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const edits = Math.min(
        at(current, column - 1) + 1,
        at(last, column) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwap && row > 1 && column > 1 ? at(beforeLast, column - 2) + 1 : Infinity,
      );
      current.push(edits);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
