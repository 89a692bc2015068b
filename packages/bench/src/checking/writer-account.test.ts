import { accountOf } from './writer-account';

function account(
  sent: number,
  seen: readonly number[],
  { refused = 0, killedAt = [] }: { refused?: number; killedAt?: readonly number[] } = {},
): object {
  return accountOf({ sent, refused, killedAt, seen: new Set(seen) });
}

test('lines that were all seen are accepted', () => {
  expect(account(3, [1, 2, 3])).toEqual({ accepted: 3, gone: 0, lost: 0, invented: 0 });
});

test('a line that nobody saw is lost, unless its writer was told so', () => {
  expect(account(3, [1, 3])).toEqual({ accepted: 2, gone: 0, lost: 1, invented: 0 });
  expect(account(3, [1, 3], { refused: 1 })).toEqual({
    accepted: 2,
    gone: 0,
    lost: 0,
    invented: 0,
  });
});

test('a line that was refused and seen all the same is invented, and so is one never written', () => {
  expect(account(3, [1, 2, 3], { refused: 1 })).toMatchObject({ accepted: 3, invented: 1 });
  expect(account(3, [1, 2, 3, 4])).toMatchObject({ accepted: 3, invented: 1 });
});

test('a killed node takes the last lines with it that it was sent', () => {
  expect(account(9, [1, 2, 3, 6, 7, 8, 9], { killedAt: [5] })).toEqual({
    accepted: 7,
    gone: 2,
    lost: 0,
    invented: 0,
  });
});

test('a line before one that was seen is lost, though its node was killed', () => {
  expect(account(5, [1, 3, 4], { killedAt: [5] })).toEqual({
    accepted: 3,
    gone: 1,
    lost: 1,
    invented: 0,
  });
});

test('of the last lines of a killed node, some may have been refused', () => {
  expect(account(5, [1, 2, 3], { killedAt: [5], refused: 1 })).toEqual({
    accepted: 3,
    gone: 1,
    lost: 0,
    invented: 0,
  });
});
