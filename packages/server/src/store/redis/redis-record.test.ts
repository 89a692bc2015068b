import * as fc from 'fast-check';
import { publishedRecord, readOf, type RedisRecord, recordOf } from './redis-record';
import { unreadable } from '../unreadable';

/** A batch, and the text that the scripts make of it. */
interface Written {
  readonly record: Omit<RedisRecord, 'entries'>;
  readonly entries: readonly unknown[];
  readonly text: string;
}

const offset = fc.nat({ max: Number.MAX_SAFE_INTEGER - 1_000 });

const written: fc.Arbitrary<Written> = fc
  .record({
    /** By how much its first entry lies behind the head before it. */
    ahead: fc.integer({ min: 1, max: 100 }),
    previous: offset,
    atMs: fc.nat({ max: 10 ** 13 }),
    author: fc.constantFrom('-', '0123456789abcdef:1', 'fedcba9876543210:4000000000'),
    entries: fc.array(fc.jsonValue({ noUnicodeString: false }), { minLength: 1 }),
  })
  .map(({ entries, ...given }) => {
    const { previous, atMs, author } = given;
    const first = previous + given.ahead;
    const last = first + entries.length - 1;
    const text = `${first} ${previous} ${atMs} ${author}\n${JSON.stringify(entries)}`;
    return {
      record: { first, last, previous, atMs, author },
      entries: JSON.parse(JSON.stringify(entries)),
      text,
    };
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
        expect(record?.entries()).toEqual(each.entries);
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

test('what no script of ours has written is no batch, and read as such', () => {
  const texts = [
    '',
    '\n',
    '1 0 5 -',
    'x 0 5 -\n[]',
    '2 0 5 -\n[1]',
    '1 1 5 -\n[1]',
    '1e300 0 5 -\n[]',
  ];
  for (const text of texts) {
    expect(recordOf('1-1', text)).toBeUndefined();
    expect(publishedRecord(`1 ${text}`)).toBeUndefined();
  }
  expect(readOf(['nonsense', '1-1', 'x', '1-1', '1 0 5 -\n[1]'])).toMatchObject({
    head: 0,
    records: [{ first: 1 }],
    count: 2,
  });
  expect(recordOf('2-2', '1 0 5 -\n{')?.entries()).toEqual([unreadable, unreadable]);
});

test('a channel that never was has its head at 0', () => {
  expect(readOf(['0'])).toEqual({ head: 0, records: [], count: 0 });
  expect(readOf([])).toEqual({ head: 0, records: [], count: 0 });
});
