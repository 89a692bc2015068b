/** How the history of a room compares with what its members saw. */
export interface HistoryCheck {
  /** Lines that members saw and history lacks, from the first line on that it has. */
  readonly missing: readonly number[];
  /** Lines that it has more than once. */
  readonly duplicated: number;
  /** Lines that it has behind one that members saw later. */
  readonly reordered: number;
}

/** Compares the keys of the lines in a room's history with those that members saw, in their order. */
export function checkHistory(seen: readonly number[], history: readonly number[]): HistoryCheck {
  const places = new Map(seen.map((key, place) => [key, place]));
  const kept = new Set(history);
  const first = seen.findIndex((key) => kept.has(key));
  const inOrder = [...kept].flatMap((key) => places.get(key) ?? []);
  return {
    missing: seen.slice(first === -1 ? 0 : first).filter((key) => !kept.has(key)),
    duplicated: history.length - kept.size,
    reordered: inOrder.filter((place, index) => place < (inOrder[index - 1] ?? 0)).length,
  };
}
