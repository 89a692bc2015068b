import * as fc from 'fast-check';
import { publishedRecord, readOf, type RedisRecord, recordOf } from './redis-record';

/** A batch, and the text that the scripts make of it. */
interface Written {
  readonly record: Omit<RedisRecord, 'entries'>;
  readonly entries: readonly unknown[];
  readonly text: string;
}

const offset = fc.nat({ max: Number.MAX_SAFE_INTEGER - 1_000 });

const written: fc.Arbitrary<Written> = fc
  .record({
    first: offset,
    previous: offset,
    atMs: fc.nat({ max: 10 ** 13 }),
    author: fc.constantFrom('-', '0123456789abcdef:1', 'fedcba9876543210:4000000000'),
    entries: fc.array(fc.jsonValue({ noUnicodeString: false }), { minLength: 1 }),
  })
  .map(({ entries, ...given }) => {
    const last = given.first + entries.length - 1;
    const { first, previous, atMs, author } = given;
    const text = `${first} ${previous} ${atMs} ${author}\n${JSON.stringify(entries)}`;
    return { record: { ...given, last }, entries: JSON.parse(JSON.stringify(entries)), text };
  });

function idOf({ record: { last }, entries }: Written): string {
  return `${last}-${entries.length}`;
}

test('a batch is the same as it was written, kept or published', () => {
  fc.assert(
    fc.property(written, (each) => {
      const kept = recordOf(idOf(each), each.text);
      const published = publishedRecord(`${each.record.last} ${each.text}`);
      for (const record of [kept, published]) {
        expect(record).toMatchObject(each.record);
        expect(record.entries()).toEqual(each.entries);
      }
    }),
  );
});

test('what is read is the head, and then batches in the order in which they are answered', () => {
  fc.assert(
    fc.property(offset, fc.array(written), (head, all) => {
      const answer = [`${head}`, ...all.flatMap((each) => [idOf(each), each.text])];
      const read = readOf(answer);
      expect(read.head).toBe(head);
      expect(read.records.map((record) => record.entries())).toEqual(
        all.map(({ entries }) => entries),
      );
      expect(read.records).toMatchObject(all.map(({ record }) => record));
    }),
  );
});

test('a channel that never was has its head at 0', () => {
  expect(readOf(['0'])).toEqual({ head: 0, records: [] });
  expect(readOf([])).toEqual({ head: 0, records: [] });
});
