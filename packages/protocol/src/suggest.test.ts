import * as fc from 'fast-check';
import { suggest } from './suggest';

const commands = [
  'help',
  'users',
  'rooms',
  'create',
  'join',
  'leave',
  'whisper',
  'history',
  'quit',
];

test.each([
  ['jion', 'join'],
  ['quti', 'quit'],
  ['hlep', 'help'],
  ['user', 'users'],
  ['craete', 'create'],
  ['wisper', 'whisper'],
  ['histroy', 'history'],
  ['leavee', 'leave'],
  ['LAEVE', 'leave'],
])('%s was meant to be %s', (word, meant) => {
  expect(suggest(word, commands)).toBe(meant);
});

test('the only known word that begins so is meant, however short the beginning', () => {
  expect(suggest('w', commands)).toBe('whisper');
  expect(suggest('his', commands)).toBe('history');
  expect(suggest('h', commands)).toBeUndefined();
});

test.each(['', 'x', 'root', 'planes', 'abcdefgh', '/'])('nothing is near %j', (word) => {
  expect(suggest(word, commands)).toBeUndefined();
});

test('the nearest wins, and of equals the first', () => {
  expect(suggest('abcde', ['abxye', 'abxde', 'abcye'])).toBe('abxde');
});

test('a hostile word costs no more than a long one that is known', () => {
  expect(suggest('x'.repeat(10_000_000), commands)).toBeUndefined();
});

test('nothing is suggested where nothing is known', () => {
  expect(suggest('join', [])).toBeUndefined();
});

test('two neighbours that were swapped are always found', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{4,10}$/), fc.nat(), (known, seed) => {
      const place = seed % (known.length - 1);
      const [first, second] = [known.charAt(place), known.charAt(place + 1)];
      const swapped = known.slice(0, place) + second + first + known.slice(place + 2);
      expect(suggest(swapped, [known])).toBe(known);
    }),
  );
});

test('a suggestion is always one of the known words', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (word, known) => {
      expect([undefined, ...known]).toContain(suggest(word, known));
    }),
  );
});
