import { isTerminalGone } from './terminal-gone';

test('without a terminal, none is gone', () => {
  expect(isTerminalGone(false, '/nowhere')).toBe(false);
});

test('a terminal that can be opened is there, and one that cannot is gone', () => {
  expect(isTerminalGone(true, '/dev/null')).toBe(false);
  expect(isTerminalGone(true, '/nowhere')).toBe(true);
});
