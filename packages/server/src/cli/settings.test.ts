import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { defaultLimits } from '../domain/limits';
import { makeCertificate } from '../test-certificate.suite';
import { checkConfig } from './config-check';
import type { Sources } from './given';
import { allOptions } from './options';
import { readSettings, type Settings } from './settings';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'chat.conf');
/** With controls, spaces of all kinds, and letters of several alphabets. */
const anyText = fc.string({ unit: fc.nat(0x2100).map((code) => String.fromCharCode(code)) });

function sources(text: string, rest: Partial<Sources> = {}): Sources {
  writeFileSync(path, text);
  return { flags: { config: path, ...rest.flags }, environment: rest.environment ?? {} };
}

function settingsFrom(given: Sources): Settings {
  const result = readSettings(given);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.settings;
}

function problemsOf(given: Sources): readonly string[] {
  const result = readSettings(given);
  return result.ok ? [] : result.problems;
}

test('without a file and a word, all is as by default', () => {
  expect(settingsFrom({ flags: {}, environment: {} })).toMatchObject({
    port: 8080,
    http: { port: 8081 },
    store: 'sqlite:',
    limits: defaultLimits,
    motd: [],
    logLevel: 'info',
    faultInjection: false,
    registration: 'open',
    file: undefined,
  });
});

test('who only asks a server need not be able to read its certificate, its store or its message', () => {
  const text = `http-token-file = ${join(folder, 'none')}
tls-port = 8443
tls-cert = ${join(folder, 'none')}
tls-key = ${join(folder, 'none')}
store-file = ${join(folder, 'none')}
motd = ${join(folder, 'none')}
`;
  expect(problemsOf(sources(text))).toHaveLength(4);
  const asking = readSettings(sources(text.replace(/^http-token-file.*\n/, '')), 'ask');
  expect(asking).toMatchObject({ ok: true, settings: { http: { port: 8081 } } });
});

test('flags count for more than the environment, that for more than the file', () => {
  const { port, limits, given } = settingsFrom(
    sources('port = 1\nmax-rooms = 1\nmax-ignored = 1\n', {
      flags: { port: 3 },
      environment: { CHAT_PORT: '2', CHAT_MAX_ROOMS: '2' },
    }),
  );
  expect([port, limits.roomsMax, limits.ignoredMax]).toEqual([3, 2, 1]);
  const where = (name: string): string | undefined =>
    given.find((each) => each.name === name)?.where;
  expect(['port', 'max-rooms', 'max-ignored', 'max-mailbox'].map(where)).toEqual([
    '--port',
    'CHAT_MAX_ROOMS',
    `${path}:3`,
    'default',
  ]);
});

test.each([
  ['no-http = true', {}, true],
  ['no-http = no', {}, false],
  ['no-http = true', { CHAT_NO_HTTP: '0' }, false],
])('%j with %j in the environment turns HTTP off: %s', (text, environment, isOff) => {
  expect(settingsFrom(sources(text, { environment })).http === undefined).toBe(isOff);
});

test('the file can be named in the environment', () => {
  writeFileSync(path, 'port = 7');
  expect(settingsFrom({ flags: {}, environment: { CHAT_CONFIG: path } }).port).toBe(7);
});

test('all that is wrong is told at once, in order, with the place and the way out', () => {
  const text = [
    'max-rooms = many',
    'max-roms = 100',
    'port 23',
    'log-level = loud',
    `motd = ${folder}/none`,
    'no-http = perhaps',
    'CHAT_IDLE_TIMEOUT = 3h',
    'zzz = 1',
    'config = other.conf',
    'store = papyrus:',
    'http-token-file = /dev/null',
  ].join('\n');
  const environment = { CHAT_HTTP_PORT: 'http' };
  expect(problemsOf(sources(text, { environment }))).toEqual([
    "CHAT_HTTP_PORT: option 'http-port' value 'http' is invalid. Give a number from 0 to 65535.",
    `${path}:1: option 'max-rooms' value 'many' is invalid. Give a whole number from 1.`,
    `${path}:2: There is no setting max-roms; did you mean max-rooms?`,
    `${path}:3: This sets nothing; write name = value, such as max-rooms = 100.`,
    `${path}:4: option 'log-level' value 'loud' is invalid. Allowed choices are trace, debug, info, warn, error, fatal, silent.`,
    expect.stringMatching(/^\S+:5: Cannot read the message of the day: ENOENT/),
    `${path}:6: no-http is neither true nor false; set it to one.`,
    `${path}:7: There is no setting CHAT_IDLE_TIMEOUT; did you mean idle-timeout?`,
    `${path}:8: There is no setting zzz; chat-server --help lists them.`,
    `${path}:9: There is no setting config; chat-server --help lists them.`,
    `${path}:10: There is no store "papyrus"; use memory:, sqlite:<file> or redis://<host>`,
    expect.stringMatching(/^\S+:11: The token's file/),
  ]);
});

test('a file that is not there is told in one line', () => {
  const given = { flags: { config: join(folder, 'none') }, environment: {} };
  expect(problemsOf(given)).toEqual([expect.stringMatching(/^Cannot read the settings: ENOENT/)]);
});

test('whatever a file holds, it gives settings or problems that act on no terminal', () => {
  const names = allOptions().map(({ long }) => (long ?? '').slice(2));
  const line = fc.oneof(
    anyText,
    fc.tuple(fc.constantFrom(...names), anyText).map((two) => two.join(' = ')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      for (const problem of problemsOf(sources(lines.join('\n')))) {
        expect(problem).not.toMatch(/\p{Cc}/u);
        expect(problem).toMatch(/:\d+: |^Cannot read|given twice/);
      }
    }),
  );
});

test('every setting can be in the file, and what a check says of them is a file again', () => {
  const token = join(folder, 'token');
  writeFileSync(token, '0123456789abcdef');
  const { certificate, key } = makeCertificate();
  const values = new Map([
    ['tls-cert', certificate],
    ['tls-key', key],
    ['proxy', '10.0.0.0/8'],
    ['flood-exempt', '10.0.0.0/8'],
    ['registration', 'open'],
    ['log-level', 'warn'],
    ['motd', token],
    ['http-token-file', token],
    ['store', 'memory:'],
  ]);
  const text = allOptions()
    .map(({ long, required }) => ({ name: (long ?? '').slice(2), required }))
    .filter(({ name }) => name !== 'store-file' && name !== 'http-token')
    .map(({ name, required }) => `${name} = ${values.get(name) ?? (required ? 7 : 'yes')}`)
    .join('\n');
  const { isFine, lines } = checkConfig(sources(text));
  expect(isFine).toBe(true);
  expect(lines[0]).toBe(`${path} is fine:`);
  const { given } = settingsFrom(sources(lines.slice(1).join('\n')));
  expect(given.filter(({ source }) => source !== 'file').map(({ name }) => name)).toEqual([
    'http-token',
    'store-file',
  ]);
  expect(settingsFrom(sources(text)).limits).toEqual(
    settingsFrom(sources(lines.slice(1).join('\n'))).limits,
  );
});

test('a check shows no password, wherever the URL is from', () => {
  const file = join(folder, 'store-url');
  writeFileSync(file, 'redis://:secret@host:1/2?prefix=a');
  for (const text of [`store-file = ${file}`, 'store = redis://:secret@host:1/2?prefix=a']) {
    const { isFine, lines } = checkConfig(sources(text));
    expect(isFine).toBe(true);
    expect(lines.join('\n')).toMatch(/store = redis:\/\/:\*\*\*@host:1\/2\?prefix=a +# \S+:1/);
    expect(lines.join('\n')).not.toContain('secret');
  }
});

test('a check of what is wrong says what', () => {
  expect(checkConfig(sources('port = x'))).toEqual({
    isFine: false,
    lines: [`${path}:1: option 'port' value 'x' is invalid. Give a number from 0 to 65535.`],
  });
});
