import { Command } from 'commander';
import { defaultLimits, type Limits } from '../domain/limits';
import { allOptions, limitsOf } from './options';

/** What the command makes of arguments and of the environment. */
function parsed(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const command = new Command('chat-server').exitOverride().configureOutput({ writeErr() {} });
    for (const option of allOptions()) command.addOption(option);
    return command.parse(['node', 'chat-server', ...args]).opts();
  } finally {
    process.env = before;
  }
}

const limitNames = Object.keys(defaultLimits) as (keyof Limits)[];

/** The flags that set a limit, with what they take: 7 of whatever their unit is. */
const limitFlags = allOptions().filter(({ flags }) => /<(?:count|duration)>/.test(flags));

test('what is not given is as the limits say by default', () => {
  expect(limitsOf(parsed([]))).toEqual(defaultLimits);
  expect(parsed([])).toMatchObject({
    port: 8080,
    http: true,
    httpPort: 8081,
    store: 'sqlite:',
    logLevel: 'info',
    faultInjection: false,
    registration: 'open',
  });
});

test('every limit can be set, each by an option of its own', () => {
  const changed = limitFlags.map(({ long }) => {
    const limits = limitsOf(parsed([long ?? '', '7']));
    return limitNames.filter((name) => limits[name] !== defaultLimits[name]);
  });
  expect(changed.flat().toSorted()).toEqual(limitNames.toSorted());
  for (const names of changed) expect(names).toHaveLength(1);
});

test.each(limitFlags.map(({ long }) => long ?? ''))('%s is kept as it was given', (flag) => {
  const values = Object.values(limitsOf(parsed([flag, '7'])));
  expect(values.filter((value) => value === 7 || value === 7_000)).toHaveLength(1);
});

test.each([
  ['CHAT_PORT', '2323', { port: 2_323 }],
  ['CHAT_HOST', '127.0.0.1', { host: '127.0.0.1' }],
  ['CHAT_HTTP_PORT', '0', { httpPort: 0 }],
  ['CHAT_HTTP_HOST', '127.0.0.1', { httpHost: '127.0.0.1' }],
  ['CHAT_NO_HTTP', '1', { http: false }],
  ['CHAT_STORE', 'memory:', { store: 'memory:' }],
  ['CHAT_STORE_FILE', 'store-url', { storeFile: 'store-url' }],
  ['CHAT_MOTD', 'motd.txt', { motd: 'motd.txt' }],
  ['CHAT_LOG_LEVEL', 'debug', { logLevel: 'debug' }],
  ['CHAT_FAULT_INJECTION', '1', { faultInjection: true }],
  ['CHAT_REGISTRATION', 'required', { registration: 'required' }],
  ['CHAT_MAX_LINE_BYTES', '99', { maxLineBytes: 99 }],
  ['CHAT_IDLE_TIMEOUT', '5m', { idleTimeout: 300_000 }],
])('%s in the environment is an option too', (name, value, options) => {
  expect(parsed([], { [name]: value })).toMatchObject(options);
});

test('every option can be given in the environment', () => {
  for (const { long, envVar } of allOptions()) {
    expect(envVar).toBe(`CHAT_${(long ?? '').slice(2).toUpperCase().replaceAll('-', '_')}`);
  }
});

test('the HTTP side can be turned off', () => {
  expect(parsed(['--no-http'])).toMatchObject({ http: false });
});

test('the command line counts for more than the environment', () => {
  expect(parsed(['--port', '1'], { CHAT_PORT: '2' })).toMatchObject({ port: 1 });
});

test.each([
  [['--port', 'http']],
  [['--http-port', '-1']],
  [['--max-rooms', '0']],
  [['--idle-timeout', '25d']],
  [['--log-level', 'loud']],
  [['--colour']],
])('%j is refused', (args) => {
  expect(() => parsed(args)).toThrow(/^error: /);
});

test('what is wrong in the environment is refused as well', () => {
  expect(() => parsed([], { CHAT_MAX_ROOMS: 'many' })).toThrow('CHAT_MAX_ROOMS');
});
