import * as fc from 'fast-check';
import { CharacterBoundaries } from './character-boundaries';
import { charactersOf } from './characters.suite';

function placesOf(text: string): number[] {
  let place = 0;
  return [0, ...charactersOf(text).map((each) => (place += each.length))];
}

/** The boundaries that are found by going on from one to the next. */
function walk(text: string, direction: 'before' | 'after'): number[] {
  const boundaries = new CharacterBoundaries(text);
  const end = direction === 'before' ? 0 : text.length;
  const places = [text.length - end];
  for (let at = text.length - end; at !== end; places.push(at)) at = boundaries[direction](at);
  return places;
}

const pieces = ['a', ' ', 'é', 'Ω', 'ж', 'か', '日', '한', 'ᄒ', 'ᅡ', '\u0301', '\ufe0f', '\u200d'];
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...pieces, '👨', '👧', '🏽', '🇩', '🇪', '\u0600', 'क', '्', '\u0e33'),
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((each) => !/\p{Cc}/u.test(each)),
  ),
  maxLength: 12,
});

test('they are those of the whole text, whichever way one goes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(walk(text, 'after')).toEqual(placesOf(text));
      expect(walk(text, 'before').toReversed()).toEqual(placesOf(text));
    }),
    { numRuns: 1000 },
  );
});

test('a place inside of a character is taken for its end', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const boundaries = new CharacterBoundaries(text);
      const places = placesOf(text);
      for (let at = 0; at <= text.length; at += 1) {
        expect(boundaries.atOrAfter(at)).toBe(places.find((place) => place >= at));
      }
    }),
    { numRuns: 500 },
  );
});

test('a letter is never taken for a part of its like, nor a part for a letter', () => {
  const units = Array.from({ length: 0xa000 }, (_, unit) => String.fromCharCode(unit));
  const letters = units.filter((unit) => /[\p{L}\p{N}]/u.test(unit));
  const text = letters.map((letter) => letter + letter).join('');
  expect(walk(text, 'after')).toEqual(placesOf(text));
});
