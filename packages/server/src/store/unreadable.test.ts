import { entriesIn, unreadable, valueIn } from './unreadable';

test('what is no JSON is unreadable, and nothing throws', () => {
  expect(valueIn('{"a":1}')).toEqual({ a: 1 });
  for (const text of ['', '{', 'undefined', undefined, 5]) expect(valueIn(text)).toBe(unreadable);
});

test('a batch has as many entries as it is said to have, whatever it holds', () => {
  expect(entriesIn('[1,2]', 2)).toEqual([1, 2]);
  for (const text of ['[1]', '{}', '[', 'null']) {
    expect(entriesIn(text, 2)).toEqual([unreadable, unreadable]);
  }
});
