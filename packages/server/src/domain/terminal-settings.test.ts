import { parseTimeZone } from './terminal-settings';

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['UTC', 'UTC'],
])('the time zone %s is %s', (text, zone) => {
  expect(parseTimeZone(text)).toBe(zone);
});

test.each(['Mars/Olympus', '', ' ', '../etc/passwd'])('%j is no time zone', (text) => {
  expect(parseTimeZone(text)).toBeUndefined();
});
