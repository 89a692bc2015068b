import * as fc from 'fast-check';
import type { Batch } from '../store';
import { ChannelModel, record, type Told } from './redis-channel-model.suite';
import { RedisFollower } from './redis-follower';

/** A follower, and what it was handed. */
function following(afterOffset: number): { follower: RedisFollower; batches: Batch<unknown>[] } {
  const batches: Batch<unknown>[] = [];
  return { follower: new RedisFollower(afterOffset, (batch) => batches.push(batch)), batches };
}

describe('of what is published, a follower', () => {
  test('is handed the next batch', () => {
    const { follower, batches } = following(7);
    expect(follower.take(record(8, 7, ['a', 'b']))).toBe('handed-over');
    expect(follower.take(record(10, 9, ['c']))).toBe('handed-over');
    expect(batches).toEqual([
      { firstOffset: 8, entries: ['a', 'b'] },
      { firstOffset: 10, entries: ['c'] },
    ]);
    expect(follower.cursor).toBe(10);
  });

  test('is handed none that it knows', () => {
    const { follower, batches } = following(7);
    follower.take(record(8, 7, ['a']));
    expect(follower.take(record(8, 7, ['a']))).toBe('known');
    expect(follower.take(record(6, 5, ['old']))).toBe('known');
    expect(batches).toHaveLength(1);
  });

  test('is handed none that comes after what is missing, and says so', () => {
    const { follower, batches } = following(7);
    expect(follower.take(record(9, 8, ['b']))).toBe('behind');
    expect(follower.cursor).toBe(7);
    expect(batches).toEqual([]);
  });

  test('is handed the rest of a batch within which it began', () => {
    const { follower, batches } = following(8);
    expect(follower.take(record(8, 7, ['a', 'b', 'c']))).toBe('handed-over');
    expect(batches).toEqual([{ firstOffset: 9, entries: ['b', 'c'] }]);
  });

  test('takes a jump of the offsets for no gap where nothing was between', () => {
    const { follower, batches } = following(7);
    expect(follower.take(record(1_001, 7, ['a']))).toBe('handed-over');
    expect(batches).toEqual([{ firstOffset: 1_001, entries: ['a'] }]);
  });

  test('does not take what builds on less than it was handed', () => {
    const { follower } = following(7);
    expect(follower.take(record(1_001, 5, ['a']))).toBe('behind');
  });
});

describe('of what is read, a follower', () => {
  test('is handed what it lacks', () => {
    const { follower, batches } = following(7);
    follower.takeRead(record(7, 6, ['known']));
    follower.takeRead(record(8, 7, ['a']));
    expect(batches).toEqual([{ firstOffset: 8, entries: ['a'] }]);
  });

  test('is told where the batches before were removed', () => {
    const { follower, batches } = following(7);
    follower.takeRead(record(20, 19, ['a']));
    expect(batches).toEqual([{ firstOffset: 20, entries: ['a'], gap: 'trimmed' }]);
  });

  test('who began with all there is misses nothing that was removed before', () => {
    const { follower, batches } = following(0);
    follower.takeRead(record(20, 19, ['a']));
    expect(batches).toEqual([{ firstOffset: 20, entries: ['a'] }]);
  });

  test('is told where the server goes on from less than it was handed', () => {
    const { follower, batches } = following(7);
    follower.takeRead(record(1_001, 5, ['a']));
    expect(batches).toEqual([{ firstOffset: 1_001, entries: ['a'], gap: 'lost' }]);
  });

  test('is told where the head is less than it was handed, and goes on from there', () => {
    const { follower, batches } = following(7);
    follower.takeHead(5, 7);
    expect(batches).toEqual([{ firstOffset: 8, entries: [], gap: 'lost' }]);
    expect(follower.take(record(1_001, 5, ['a']))).toBe('handed-over');
  });

  test('is told where the head is further than what is kept', () => {
    const { follower, batches } = following(7);
    follower.takeHead(9, 7);
    expect(batches).toEqual([{ firstOffset: 10, entries: [], gap: 'trimmed' }]);
    expect(follower.take(record(10, 9, ['a']))).toBe('handed-over');
  });

  test('is told nothing of a head that it passed while it was read', () => {
    const { follower, batches } = following(7);
    follower.take(record(8, 7, ['a']));
    follower.takeHead(7, 7);
    follower.takeHead(8, 7);
    expect(batches).toHaveLength(1);
    expect(follower.cursor).toBe(8);
  });
});

test('what was handed over, lost in a failover and sent again is not handed over again', () => {
  const { follower, batches } = following(7);
  follower.take(record(8, 7, ['a'], 'here:1'));
  follower.take(record(9, 8, ['b'], 'here:2'));
  follower.takeRead(record(1_001, 8, ['b'], 'here:2'));
  follower.take(record(1_002, 1_001, ['c'], 'here:3'));
  expect(batches).toEqual([
    { firstOffset: 8, entries: ['a'] },
    { firstOffset: 9, entries: ['b'] },
    { firstOffset: 1_001, entries: [], gap: 'lost' },
    { firstOffset: 1_002, entries: ['c'] },
  ]);
});

test('authors are told apart, and what has no number is always new', () => {
  const { follower, batches } = following(7);
  follower.take(record(8, 7, ['a'], 'here:5'));
  follower.take(record(9, 8, ['b'], 'there:5'));
  follower.take(record(10, 9, ['c']));
  follower.take(record(11, 10, ['d']));
  expect(batches.flatMap(({ entries }) => entries)).toEqual(['a', 'b', 'c', 'd']);
});

type Step = (model: ChannelModel) => void;

const author = fc.constantFrom('a', 'b', 'c');
const fewBatches = fc.integer({ min: 1, max: 4 });

const appending: fc.Arbitrary<Step> = fc
  .tuple(author, fc.integer({ min: 1, max: 3 }), fc.boolean())
  .map(
    ([by, size, isHere]) =>
      (model: ChannelModel) =>
        model.append(by, size, isHere),
  );
const hearing: fc.Arbitrary<Step> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(9)), fc.boolean())
  .map(
    ([index, isRepeated]) =>
      (model: ChannelModel) =>
        model.hear(index, isRepeated),
  );
const reading: fc.Arbitrary<Step> = fc.constantFrom<Step[]>(
  (model) => model.ask(),
  (model) => model.answer(),
  (model) => model.arrive(),
);
const losing: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((model) => model.reconnect()),
  fewBatches.map((count) => (model: ChannelModel) => model.trim(count)),
  fewBatches.map((count) => (model: ChannelModel) => model.failOver(count)),
  author.map((by) => (model: ChannelModel) => model.sendAgain(by)),
);
const step = fc.oneof(
  { weight: 4, arbitrary: appending },
  { weight: 5, arbitrary: hearing },
  { weight: 5, arbitrary: reading },
  { weight: 3, arbitrary: losing },
);

/** Whether a gap is told after the one, and before the other. */
function hasGap(told: readonly Told[], after: number, before: number): boolean {
  return told.slice(after + 1, before).some((each) => 'gap' in each);
}

function handedOf(
  told: readonly Told[],
): { at: number; offset: number; entry: string; era: number }[] {
  return told.flatMap((each, at) => ('gap' in each ? [] : [{ at, ...each }]));
}

/** Entries that are in the channel, and were neither handed over nor told of by a gap. */
function silentlyMissing({ told, lineage, start, knownBefore }: ChannelModel): string[] {
  const handed = handedOf(told);
  const known = new Set([...knownBefore, ...handed.map(({ entry }) => entry)]);
  return lineage.flatMap(({ record: kept }) =>
    (kept.entries() as readonly string[]).filter((entry, index) => {
      const offset = kept.first + index;
      const before = handed.findLast((each) => each.offset < offset)?.at ?? -1;
      const after = handed.find((each) => each.offset > offset)?.at ?? told.length;
      // Who began with all there is does not know of what was removed before they read.
      const isBeforeAll = start === 0 && before === -1;
      const isToBeTold = offset > start && !known.has(entry) && !isBeforeAll;
      return isToBeTold && !hasGap(told, before, after);
    }),
  );
}

/** Entries that were handed over, and that a failover has lost without a gap being told of it. */
function silentlyLost(model: ChannelModel): string[] {
  const handed = handedOf(model.told);
  return handed
    .filter(({ at, offset, era }) => {
      if (!model.isLost(offset, era)) return false;
      const next = handed.find((each) => each.at > at && !model.isLost(each.offset, each.era));
      return !hasGap(model.told, at, next?.at ?? model.told.length);
    })
    .map(({ entry }) => entry);
}

test('whatever happens on the way, all is handed over in order and once, or a gap is told', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
  const back = fc.option(fc.nat(4), { nil: undefined });
  fc.assert(
    fc.property(
      sizes,
      back,
      fc.array(step, { maxLength: 60, size: 'max' }),
      (before, by, steps) => {
        const model = new ChannelModel(before, (head) =>
          by === undefined ? 0 : Math.max(0, head - by),
        );
        for (const act of steps) act(model);
        model.settle();
        const handed = handedOf(model.told);
        const offsets = handed.map(({ offset }) => offset);
        expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
        expect(new Set(handed.map(({ entry }) => entry)).size).toBe(handed.length);
        expect(silentlyMissing(model)).toEqual([]);
        expect(silentlyLost(model)).toEqual([]);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('where nothing is removed or lost in a failover, all is handed over and no gap told', () => {
  const kind = fc.oneof(
    appending,
    hearing,
    reading,
    fc.constant<Step>((model) => model.reconnect()),
  );
  fc.assert(
    fc.property(fc.array(kind, { maxLength: 60, size: 'max' }), (steps) => {
      const model = new ChannelModel([2, 1], (head) => head);
      for (const act of steps) act(model);
      model.settle();
      const appended = model.lineage.slice(2).flatMap((kept) => kept.record.entries());
      expect(model.told.map((each) => ('gap' in each ? 'gap' : each.entry))).toEqual(appended);
    }),
    { numRuns: 1_000 },
  );
});
