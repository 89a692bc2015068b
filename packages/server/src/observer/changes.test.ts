import * as fc from 'fast-check';
import { type Changes, changesBetween } from './changes';

interface Row {
  readonly path: string;
  readonly mailbox: number;
  readonly group?: { readonly count: number };
}

/** What the page does. */
function applied(
  rows: ReadonlyMap<string, Row>,
  { set, removed }: Changes<Row>,
): ReadonlyMap<string, Row> {
  const result = new Map(rows);
  for (const path of removed) result.delete(path);
  for (const row of set) result.set(row.path, row);
  return result;
}

const row: fc.Arbitrary<Row> = fc.record(
  {
    path: fc.constantFrom('chat', 'chat/a', 'chat/b', 'chat/b/c', 'chat/d'),
    mailbox: fc.nat(3),
    group: fc.record({ count: fc.nat(2) }),
  },
  { requiredKeys: ['path', 'mailbox'] },
);

const rows = fc.array(row).map((all) => new Map(all.map((each) => [each.path, each])));

test('the changes, applied to what was, give what is', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const changes = changesBetween(before, after);
      const result = changes === undefined ? before : applied(before, changes);
      expect(Object.fromEntries(result)).toEqual(Object.fromEntries(after));
    }),
  );
});

test('only what changed is told, and nothing where nothing did', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const changes = changesBetween(before, after);
      for (const { path, ...rest } of changes?.set ?? []) {
        expect({ path, ...rest }).not.toEqual(before.get(path));
      }
      expect(changesBetween(before, new Map(before))).toBeUndefined();
    }),
  );
});
