import * as fc from 'fast-check';
import { hasFaults, noFaults } from './faults';
import { ReceiverCheck } from './receiver-check';

function check(lines: readonly (readonly [slot: number, sequence: number])[], writers = 2) {
  const receiver = new ReceiverCheck(writers);
  for (const [slot, sequence] of lines) receiver.note(slot, sequence);
  return receiver;
}

test('a stream in which every writer counts 1, 2, 3, … has no faults', () => {
  const receiver = check([
    [0, 1],
    [1, 1],
    [1, 2],
    [0, 2],
    [1, 3],
  ]);
  expect(receiver.faults([2, 3])).toEqual(noFaults);
  expect(receiver.received).toBe(5);
});

test('a line left out in the middle is lost', () => {
  const lines = [
    [0, 1],
    [0, 3],
  ] as const;
  expect(check(lines).faults([3, 0])).toEqual({ ...noFaults, lost: 1 });
});

test('lines left out at the end are lost', () => {
  expect(check([[0, 1]]).faults([4, 2])).toEqual({ ...noFaults, lost: 5 });
});

test('a line that comes twice is duplicated, not reordered', () => {
  const lines = [
    [0, 1],
    [0, 2],
    [0, 1],
  ] as const;
  expect(check(lines).faults([2, 0])).toEqual({ ...noFaults, duplicated: 1 });
});

test('a line that comes behind a later one is reordered, not lost', () => {
  const lines = [
    [0, 1],
    [0, 3],
    [0, 2],
  ] as const;
  expect(check(lines).faults([3, 0])).toEqual({ ...noFaults, reordered: 1 });
});

test('a late line that comes twice is reordered once and duplicated once', () => {
  const lines = [
    [0, 2],
    [0, 1],
    [0, 1],
  ] as const;
  expect(check(lines).faults([2, 0])).toEqual({ ...noFaults, duplicated: 1, reordered: 1 });
});

test('an own line sent back to its author is duplicated', () => {
  const author = new ReceiverCheck(2, 0);
  author.note(0, 1);
  author.note(1, 1);
  expect(author.faults([1, 1])).toEqual({ ...noFaults, duplicated: 1 });
  expect(author.expected([1, 1])).toBe(1);
});

test('a line of a writer who is not in the room is damaged', () => {
  const lines = [
    [-1, 1],
    [2, 1],
  ] as const;
  expect(check(lines).faults([0, 0])).toEqual({ ...noFaults, damaged: 2 });
});

test('a line that nobody sent is damaged', () => {
  expect(check([[0, 1]]).faults([0, 0])).toEqual({ ...noFaults, damaged: 1 });
});

test('the order hash tells two interleavings of the same lines apart', () => {
  const ab = check([
    [0, 1],
    [1, 1],
  ]);
  const ba = check([
    [1, 1],
    [0, 1],
  ]);
  const again = check([
    [0, 1],
    [1, 1],
  ]);
  expect(ab.orderHash).toBe(again.orderHash);
  expect(ab.orderHash).not.toBe(ba.orderHash);
});

test('leaving out, repeating or delaying any line of a stream is noticed', () => {
  const change = fc.constantFrom('leave out', 'repeat', 'delay');
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 50 }), fc.nat(), change, (length, seed, what) => {
      const lines = Array.from({ length }, (_, index) => index + 1);
      // The last line can be delayed behind nothing.
      const at = seed % (length - 1);
      const [line = 0] = lines.splice(at, 1);
      if (what === 'repeat') lines.splice(at, 0, line, line);
      if (what === 'delay') lines.push(line);
      const receiver = check(lines.map((sequence) => [0, sequence] as const));
      const faults = receiver.faults([length, 0]);
      const kind = { 'leave out': 'lost', repeat: 'duplicated', delay: 'reordered' } as const;
      expect(faults).toEqual({ ...noFaults, [kind[what]]: 1 });
    }),
  );
});

test('any order of the lines, each once, has no faults only if it is the right one', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6, maxLength: 6 }),
      (sequences) => {
        const faults = check(sequences.map((sequence) => [0, sequence] as const)).faults([6, 0]);
        const isSorted = sequences.every((sequence, index) => sequence === index + 1);
        expect(hasFaults(faults)).toBe(!isSorted);
        expect(faults.lost).toBe(0);
        expect(faults.duplicated).toBe(0);
      },
    ),
  );
});
