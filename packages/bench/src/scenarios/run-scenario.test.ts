import { secondsOf } from './run-scenario';

test('a window is as long as it is told to be', () => {
  expect(secondsOf({ seconds: 60 }, { seconds: 7, quick: true })).toBe(7);
});

test('else it is as long as its scenario says, or 3 s', () => {
  expect(secondsOf({ seconds: 60 }, { seconds: undefined, quick: false })).toBe(60);
  expect(secondsOf({}, { seconds: undefined, quick: false })).toBe(3);
});

test('a quick one is shorter', () => {
  expect(secondsOf({ seconds: 60 }, { seconds: undefined, quick: true })).toBe(10);
  expect(secondsOf({}, { seconds: undefined, quick: true })).toBe(1.5);
});
