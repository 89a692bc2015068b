import * as fc from 'fast-check';
import { OrderFollower } from './order-follower';
import { lineKey, OrderLog, sequenceOfKey, slotOfKey } from './order-log';

const writers = 3;

/** Lines 1, 2, 3 … of writers in turns. */
function linesOf(count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    lineKey(index % writers, Math.floor(index / writers) + 1),
  );
}

function see(follower: OrderFollower, keys: readonly number[]): void {
  for (const key of keys) follower.note(key);
}

function faultsOf({ lost, duplicated, reordered }: OrderFollower): object {
  return { lost, duplicated, reordered };
}

const sound = { lost: 0, duplicated: 0, reordered: 0 };

/** What is found in `tampered` beside one who saw all lines in order. */
function found(lines: readonly number[], tampered: readonly number[], isFirst: boolean): object {
  const log = new OrderLog();
  const [one, other] = [new OrderFollower(log), new OrderFollower(log)];
  if (isFirst) see(other, tampered);
  see(one, lines);
  if (!isFirst) see(other, tampered);
  for (const follower of [one, other]) follower.settle(true);
  return { one: faultsOf(one), other: faultsOf(other) };
}

test('a key holds a slot and a number', () => {
  const key = lineKey(299, 9_999_999);
  expect([slotOfKey(key), sequenceOfKey(key)]).toEqual([299, 9_999_999]);
});

test('receivers that see one order have no faults, however they take turns, writers among them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: writers }), { maxLength: 200 }), (turns) => {
      const log = new OrderLog();
      const lines = linesOf(30);
      // One that only reads, and all who write.
      const receivers = Array.from({ length: writers + 1 }, (_, index) => {
        const ownSlot = index - 1;
        const follower = new OrderFollower(log, index === 0 ? {} : { ownSlot });
        return { follower, rest: lines.filter((key) => slotOfKey(key) !== ownSlot) };
      });
      const step = ({ follower, rest }: (typeof receivers)[number]): void => {
        const key = rest.shift();
        if (key !== undefined) follower.note(key);
      };
      for (const turn of turns) receivers.filter((_, index) => index === turn).forEach(step);
      for (const receiver of receivers) while (receiver.rest.length > 0) step(receiver);
      for (const { follower } of receivers) follower.settle(true);
      for (const { follower } of receivers) expect(faultsOf(follower)).toEqual(sound);
    }),
  );
});

test('a line that one is never sent is lost', () => {
  const lines = linesOf(9);
  const without = lines.filter((_, index) => index !== 4);
  expect(found(lines, without, false)).toEqual({ one: sound, other: { ...sound, lost: 1 } });
  expect(found(lines, lines.slice(0, 7), false)).toEqual({
    one: sound,
    other: { ...sound, lost: 2 },
  });
});

test('a line that one lacks who is ahead of all others is lost too', () => {
  const lines = linesOf(9);
  const without = lines.filter((_, index) => index !== 4);
  const { one, other } = found(lines, without, true) as Record<string, { lost: number }>;
  expect((one?.lost ?? 0) + (other?.lost ?? 0)).toBeGreaterThan(0);
});

test('a line that comes again is a duplicate, and so is an own one', () => {
  const lines = linesOf(9);
  const again = [...lines, ...lines.slice(3, 4)];
  expect(found(lines, again, false)).toEqual({ one: sound, other: { ...sound, duplicated: 1 } });
  const writer = new OrderFollower(new OrderLog(), { ownSlot: 1 });
  see(writer, [lineKey(1, 1)]);
  expect(faultsOf(writer)).toEqual({ ...sound, duplicated: 1 });
});

test('two lines that come the other way round are reordered, whoever comes first', () => {
  const lines = linesOf(9);
  const swapped = lines.toSpliced(4, 2, ...lines.slice(4, 6).toReversed());
  expect(found(lines, swapped, false)).toEqual({ one: sound, other: { ...sound, reordered: 1 } });
  expect(found(lines, swapped, true)).toEqual({ one: { ...sound, reordered: 1 }, other: sound });
});

test('one who joins late lacks nothing before its first line, and all behind it', () => {
  const log = new OrderLog();
  const lines = linesOf(9);
  const late = new OrderFollower(log, { joinsLate: true });
  // It is ahead of the others.
  see(late, lines.slice(5, 8));
  see(new OrderFollower(log), lines);
  late.settle(true);
  expect(faultsOf(late)).toEqual({ ...sound, lost: 1 });
});

test('one who joined late and is sent nothing at all lacks what came at the end', () => {
  const log = new OrderLog();
  const late = new OrderFollower(log, { joinsLate: true });
  see(new OrderFollower(log), linesOf(9));
  late.settle(true, 7);
  expect(faultsOf(late)).toEqual({ ...sound, lost: 2 });
});

test('one whose connection has ended lacks nothing behind its last line', () => {
  const log = new OrderLog();
  const gone = new OrderFollower(log);
  see(gone, linesOf(5));
  see(new OrderFollower(log), linesOf(9));
  gone.settle(false);
  expect(faultsOf(gone)).toEqual(sound);
});

test('where the log was cut short, what one has not seen of it is no fault, and is told', () => {
  const log = new OrderLog();
  const [one, other] = [new OrderFollower(log), new OrderFollower(log)];
  const lines = linesOf(12);
  see(one, lines.slice(0, 6));
  see(other, lines.slice(0, 4));
  for (const follower of [one, other]) {
    follower.noteCut();
    // Told twice by a server that found two gaps in a row.
    follower.noteCut();
    expect(follower.stretchIndex).toBe(1);
  }
  see(one, lines.slice(8));
  // A line that was sent again, which only one of them had seen.
  see(other, [...lines.slice(5, 6), ...lines.slice(8)]);
  for (const follower of [one, other]) follower.settle(true);
  expect([faultsOf(one), faultsOf(other)]).toEqual([sound, sound]);
  expect([one.cutShort(), other.cutShort()]).toEqual([[], lines.slice(4, 5)]);
});

test('a line from before a cut that comes again after it is a duplicate', () => {
  const follower = new OrderFollower(new OrderLog());
  see(follower, linesOf(6));
  follower.noteCut();
  see(follower, linesOf(1));
  follower.settle(true);
  expect(faultsOf(follower)).toEqual({ ...sound, duplicated: 1 });
});

test('after a cut there is one order again', () => {
  const log = new OrderLog();
  const [one, other] = [new OrderFollower(log), new OrderFollower(log)];
  const lines = linesOf(6);
  for (const follower of [one, other]) follower.noteCut();
  see(one, lines);
  see(other, lines.toReversed());
  for (const follower of [one, other]) follower.settle(true);
  expect(other.reordered).toBeGreaterThan(0);
});
