import * as fc from 'fast-check';
import { nameKey, parseName, sameName } from './name';

test('a name is 1 to 32 ASCII letters, digits, underscores and hyphens', () => {
  expect(parseName('Ada_Lovelace-1815')).toBe('Ada_Lovelace-1815');
  expect(parseName('x'.repeat(32))).toBe('x'.repeat(32));
  expect(parseName('x'.repeat(33))).toBeUndefined();
  expect(parseName('')).toBeUndefined();
});

test.each([
  'two words',
  'naïve',
  'а',
  '/quit',
  'a\nb',
  'a.b',
  '\u001b[31m',
  'a\u200Db',
  '\u212Aim',
])('%j is no name', (text) => {
  expect(parseName(text)).toBeUndefined();
});

test('white space around a name does not count', () => {
  expect(parseName(' \tone \r\n')).toBe('one');
  expect(parseName('   ')).toBeUndefined();
});

test('a name stays as it was typed and is compared without case', () => {
  expect(parseName('OnE')).toBe('OnE');
  expect(sameName('OnE', 'oNe')).toBe(true);
  expect(sameName('one', 'two')).toBe(false);
});

test('a name and its key are the same name, and one that parses', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/), (text) => {
      expect(parseName(text)).toBe(text);
      expect(parseName(nameKey(text))).toBe(nameKey(text));
      expect(sameName(text, nameKey(text))).toBe(true);
    }),
  );
});

test('any text is a name or nothing, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(parseName(text) ?? 'none').toMatch(/^[\w-]{1,32}$/);
    }),
  );
});
