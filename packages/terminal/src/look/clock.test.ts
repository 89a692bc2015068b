import { isTimeZone, timeIn } from './clock';

const atMs = Date.UTC(2026, 0, 15, 23, 59, 30);

test.each([
  ['UTC', '23:59'],
  ['Europe/Berlin', '00:59'],
  ['Asia/Kathmandu', '05:44'],
  ['+02:00', '01:59'],
])('the time in %s is told as hours and minutes', (zone, time) => {
  expect(timeIn(zone, atMs)).toBe(time);
});

test('the time goes on', () => {
  expect(timeIn('UTC', atMs)).toBe('23:59');
  expect(timeIn('UTC', atMs + 30_000)).toBe('00:00');
});

test('a time zone is known or not', () => {
  expect(['UTC', 'europe/berlin', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
