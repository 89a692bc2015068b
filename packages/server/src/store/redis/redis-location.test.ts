import { StartError } from '@chat-server/supervision';
import * as fc from 'fast-check';
import { isRedisUrl, redisLocation } from './redis-location';

test.each([
  ['redis://cache', true],
  ['rediss://cache', true],
  ['redis:cache', true],
  ['sqlite:redis://cache', false],
  ['memory:', false],
])('that %s is for Redis: %s', (url, isForRedis) => {
  expect(isRedisUrl(url)).toBe(isForRedis);
});

test('a host is enough: the rest is what Redis and the chat server use by default', () => {
  expect(redisLocation('redis://cache.example')).toEqual({
    host: 'cache.example',
    port: 6379,
    isTls: false,
    database: 0,
    prefix: 'chat:',
    shown: 'redis://cache.example:6379',
  });
});

test('everything can be said', () => {
  const url = 'rediss://chat:s3cret@cache.example:7000/12?prefix=staging:';
  expect(redisLocation(url)).toEqual({
    host: 'cache.example',
    port: 7000,
    isTls: true,
    username: 'chat',
    password: 's3cret',
    database: 12,
    prefix: 'staging:',
    shown: 'rediss://cache.example:7000',
  });
});

test('a password can be given without a user', () => {
  const location = redisLocation('redis://:s3cret@cache');
  expect(location.password).toBe('s3cret');
  expect(location.username).toBeUndefined();
});

test('an IPv6 address loses its brackets to connect, and keeps them to be shown', () => {
  expect(redisLocation('redis://[2001:db8::1]:7000')).toMatchObject({
    host: '2001:db8::1',
    port: 7000,
    shown: 'redis://[2001:db8::1]:7000',
  });
});

test.each(['', '/', '?', '/0'])('the database is 0 behind redis://cache%s', (rest) => {
  expect(redisLocation(`redis://cache${rest}`).database).toBe(0);
});

test.each(['', 'a', 'chat-2.staging:_', 'x'.repeat(64)])('%j can be a prefix', (prefix) => {
  expect(redisLocation(`redis://cache?prefix=${prefix}`).prefix).toBe(prefix);
});

test('any user and password can be given, escaped, and neither is shown', () => {
  const word = fc.string({ unit: 'binary', minLength: 1 });
  fc.assert(
    fc.property(word, word, (user, secret) => {
      const [username, password] = [user, secret].map(encodeURIComponent);
      const location = redisLocation(`redis://${username}:${password}@cache`);
      expect(location.username).toBe(user);
      expect(location.password).toBe(secret);
      expect(location.shown).toBe('redis://cache:6379');
    }),
  );
});

test.each([
  ['redis:cache', 'no Redis URL'],
  ['redis://u:hunter2@', 'no Redis URL'],
  ['redis://u:hunter2@cache:99999', 'no Redis URL'],
  ['redis://u:hunter2@cache:port', 'no Redis URL'],
  ['redis://', 'no host'],
  ['redis:///1', 'no host'],
  ['redis://u:hunter2@cache:0', 'port is 0'],
  ['redis://u:hunter2@cache/one', 'database is no number'],
  ['redis://u:hunter2@cache/-1', 'database is no number'],
  ['redis://u:hunter2@cache/1/2', 'database is no number'],
  ['redis://u:hunter2@cache/1000000', 'database is no number'],
  ['redis://u:hunter2@cache?db=1', 'no parameter but prefix'],
  ['redis://u:hunter2@cache?prefix=a&prefix2=b', 'no parameter but prefix'],
  ['redis://u:hunter2@cache?prefix={a}', 'up to 64 letters'],
  ['redis://u:hunter2@cache?prefix=a%20b', 'up to 64 letters'],
  [`redis://u:hunter2@cache?prefix=${'x'.repeat(65)}`, 'up to 64 letters'],
  // Where a password is not escaped, the rest of it seems to be something else.
  ['redis://u:%hunter2@cache', '%25'],
  ['redis://u:1/hunter2@cache', '%2F'],
  ['redis://u:1?hunter2@cache', '%3F'],
  ['redis://u:1#hunter2@cache', '%23'],
])('%s is refused in one line that says why, and not the password', (url, why) => {
  const refusal = refusalOf(url);
  expect(refusal).toContain(why);
  expect(refusal).not.toContain('\n');
  expect(refusal).not.toContain('hunter2');
});

test('no refusal repeats a password, however it is written', () => {
  const strange = fc.string({ unit: fc.constantFrom(...'1/?#%@:[] \n\\&='.split('')) });
  const secret = fc.tuple(strange, strange).map(([one, other]) => `${one}hunter2${other}`);
  const rest = fc.constantFrom('', ':0', ':7000', '/x', '?a=b', '?prefix={');
  fc.assert(
    fc.property(secret, rest, (password, behind) => {
      const refusal = refusalOf(`redis://u:${password}@cache${behind}`);
      expect(refusal).not.toMatch(/hunter2|\n/);
    }),
    { numRuns: 500 },
  );
});

/** What is said against a URL: nothing where it is taken. */
function refusalOf(url: string): string {
  try {
    redisLocation(url);
    return '';
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return error.message;
  }
}
