import * as fc from 'fast-check';
import { escapeForLog } from './escape';

test.each([
  ['plain, ünï and \u{1F600}', 'plain, ünï and \u{1F600}'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['two\r\nlines\t', 'two\\u000d\\u000alines\\u0009'],
  ['\u009b2J\u007f', '\\u009b2J\\u007f'],
  ['\u202eabc\u2066\u200b\ufeff\u2028', '\\u202eabc\\u2066\\u200b\\ufeff\\u2028'],
])('%j is logged as %s', (text, logged) => {
  expect(escapeForLog(text)).toBe(logged);
});

test('nothing that acts on a terminal is left, and escaping again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const logged = escapeForLog(text);
      expect(logged).not.toMatch(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(escapeForLog(logged)).toBe(logged);
    }),
  );
});
