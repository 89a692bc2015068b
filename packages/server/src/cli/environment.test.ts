import { parseFlag, withoutNegatedFlags } from './environment';

test.each(['1', 'true', 'YES'])('%s is a yes', (text) => expect(parseFlag(text)).toBe(true));
test.each(['0', 'false', 'No', ''])('%j is a no', (text) => expect(parseFlag(text)).toBe(false));
test.each(['2', 'on!', 'truely'])('%s is neither', (text) =>
  expect(parseFlag(text)).toBeUndefined(),
);

test('a flag that says no is as if it was not there, and all else stays', () => {
  const environment = { CHAT_FAULT_INJECTION: 'false', CHAT_PORT: '0' };
  expect(withoutNegatedFlags(environment, ['CHAT_FAULT_INJECTION'])).toEqual({ CHAT_PORT: '0' });
});

test('a flag that says neither is named', () => {
  expect(() => withoutNegatedFlags({ CHAT_X: 'maybe' }, ['CHAT_X'])).toThrow(
    'CHAT_X is neither true nor false; set it to one.',
  );
});
