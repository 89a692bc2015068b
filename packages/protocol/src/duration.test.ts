import * as fc from 'fast-check';
import { parseDuration, showDuration } from './duration';

test.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['2H', 7_200_000],
  ['1d12h', 129_600_000],
  ['1w', 604_800_000],
])('%s is so long', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '0s', '10', 'm', '-1m', '1.5h', '10 m', '1y', '99999d', '9999w', 'spam'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test.each([
  [400, '1 s'],
  [45_000, '45 s'],
  [600_000, '10 min'],
  [129_600_000, '1 d 12 h'],
  [90_061_000, '1 d 1 h'],
])('%d ms read as %s', (ms, text) => {
  expect(showDuration(ms)).toBe(text);
});

test('whatever is a duration is one of more than nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('0', '1', '9', 's', 'm', 'h', 'd', 'w', ' ') }),
      (text) => {
        const ms = parseDuration(text);
        expect(ms === undefined || ms > 0).toBe(true);
      },
    ),
  );
});
