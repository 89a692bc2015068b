import { checkHistory } from './history-check';

const sound = { missing: [], duplicated: 0, reordered: 0 };

test('a history that has what members saw, or its end, is sound', () => {
  expect(checkHistory([1, 2, 3, 4], [1, 2, 3, 4])).toEqual(sound);
  expect(checkHistory([1, 2, 3, 4], [3, 4])).toEqual(sound);
  expect(checkHistory([], [])).toEqual(sound);
});

test('lines that it lacks behind its first one are missing, and all if it has none', () => {
  expect(checkHistory([1, 2, 3, 4], [2, 4])).toEqual({ ...sound, missing: [3] });
  expect(checkHistory([1, 2], [])).toEqual({ ...sound, missing: [1, 2] });
});

test('a line that it has twice, or in another order, is a fault', () => {
  expect(checkHistory([1, 2, 3], [1, 2, 2, 3])).toEqual({ ...sound, duplicated: 1 });
  expect(checkHistory([1, 2, 3], [1, 3, 2])).toEqual({ ...sound, reordered: 1 });
});
