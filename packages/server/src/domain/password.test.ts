import * as fc from 'fast-check';
import {
  normalisedPassword,
  passwordCharactersMax,
  passwordCharactersMin,
  refusePassword,
} from './password';

test.each([
  ['seven77', 'too-short'],
  ['correct horse battery staple', undefined],
  ['  short  ', 'too-short'],
  ['😀😀😀😁😁😁😂', 'too-short'],
  ['😀😀😀😁😁😁😂😂', undefined],
  ['x'.repeat(129), 'too-long'],
  ['xy'.repeat(64), undefined],
  ['Password123', 'too-common'],
  ['zzzzzzzzzz', 'too-common'],
  ['Someone_Else', 'is-name'],
])('%j is refused as %s', (password, refusal) => {
  expect(refusePassword(password, 'someone_else')).toBe(refusal);
});

test('the same password typed on another keyboard is the same', () => {
  expect(normalisedPassword('pa\u0308sswo\u0308rter')).toBe('p\u00E4ssw\u00F6rter');
  expect(normalisedPassword('ｆｕｌｌｗｉｄｔｈ')).toBe('fullwidth');
});

test('what is taken is as long as it may be, and stays so when it is normalised again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const once = normalisedPassword(text);
      expect(normalisedPassword(once)).toBe(once);
      const characters = Array.from(once).length;
      const isInLimits = characters >= passwordCharactersMin && characters <= passwordCharactersMax;
      expect(refusePassword(text, 'name') === undefined && !isInLimits).toBe(false);
    }),
  );
});
