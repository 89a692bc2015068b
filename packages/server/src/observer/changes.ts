/** What has become of rows: these are new or not as they were, those are no more. */
export interface Changes<Row> {
  readonly set: readonly Row[];
  readonly removed: readonly string[];
}

/** What makes `after` of `before`; undefined where they are the same. */
export function changesBetween<Row>(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
): Changes<Row> | undefined {
  const set: Row[] = [];
  for (const [key, row] of after) {
    const known = before.get(key);
    if (known === undefined || !isSame(known, row)) set.push(row);
  }
  const removed = [...before.keys()].filter((key) => !after.has(key));
  return set.length + removed.length === 0 ? undefined : { set, removed };
}

function isSame(one: unknown, other: unknown): boolean {
  // Rows are small, are made by one function, and are about to be JSON anyway.
  return JSON.stringify(one) === JSON.stringify(other);
}
