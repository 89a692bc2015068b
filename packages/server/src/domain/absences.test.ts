import { Absences } from './absences';

const forMs = 100;

test('who has been gone for so long is told, as often as it is looked, and nobody before', () => {
  const absences = new Absences();
  expect(absences.note(['one'], 0, forMs, 10)).toEqual([]);
  expect(absences.note(['one', 'two'], 99, forMs, 10)).toEqual([]);
  expect(absences.note(['one', 'two'], 100, forMs, 10)).toEqual(['one']);
  expect(absences.note(['one', 'two'], 199, forMs, 10)).toEqual(['one', 'two']);
});

test('who was back in between has been gone only since', () => {
  const absences = new Absences();
  absences.note(['one'], 0, forMs, 10);
  expect(absences.has('one')).toBe(true);
  absences.note([], 50, forMs, 10);
  expect(absences.has('one')).toBe(false);
  absences.note(['one'], 60, forMs, 10);
  expect(absences.note(['one'], 159, forMs, 10)).toEqual([]);
  expect(absences.note(['one'], 160, forMs, 10)).toEqual(['one']);
});

test('of very many, so many are told', () => {
  const absences = new Absences();
  const gone = ['one', 'two', 'three'];
  absences.note(gone, 0, forMs, 2);
  expect(absences.note(gone, 100, forMs, 2)).toEqual(['one', 'two']);
});
