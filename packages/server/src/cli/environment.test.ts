import { parseFlag, takeVariables } from './environment';

test.each(['1', 'true', 'YES'])('%s is a yes', (text) => expect(parseFlag(text)).toBe(true));
test.each(['0', 'false', 'No', ''])('%j is a no', (text) => expect(parseFlag(text)).toBe(false));
test.each(['2', 'on!', 'truely'])('%s is neither', (text) =>
  expect(parseFlag(text)).toBeUndefined(),
);

test('what is taken is not there for what is started later', () => {
  const environment = { CHAT_STORE: 'redis://:secret@host', PATH: '/bin' };
  const taken = takeVariables(environment, ['CHAT_STORE', 'CHAT_PORT', undefined]);
  expect(taken).toEqual({ CHAT_STORE: 'redis://:secret@host' });
  expect(environment).toEqual({ PATH: '/bin' });
});
