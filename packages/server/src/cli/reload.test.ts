import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveSettings } from '../live-settings';
import type { Limits } from '../domain/limits';
import { makeCertificate } from '../test-certificate.suite';
import { Reload } from './reload';
import { readSettings } from './settings';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'chat.conf');

interface Logged {
  readonly level: string;
  readonly message: string;
  readonly fields: object;
}

/** A server that was started with a file of settings. */
function started(text: string, allowed = (limits: Limits) => limits) {
  writeFileSync(path, text);
  const records: Logged[] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void records.push({ level, message, fields });
  const log = {
    level: 'info',
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  };
  const read = () => readSettings({ flags: { config: path }, environment: {} });
  const first = read();
  if (!first.ok) throw new Error(first.problems.join('\n'));
  const live = new LiveSettings(first.settings);
  const reload = new Reload(first.settings, { read, live, log, allowed });
  /** What is logged when the file is this, and it is read again. */
  const reads = (changed: string): readonly Logged[] => {
    writeFileSync(path, changed);
    records.length = 0;
    reload.now();
    return records.splice(0);
  };
  return { live, log, reads };
}

test('limits, the message of the day and the level of the log are changed while it runs', () => {
  const motd = join(folder, 'motd.txt');
  writeFileSync(motd, 'Be kind.');
  const { live, log, reads } = started('max-rooms = 5\n');
  const { limits } = live;
  const records = reads(`max-rooms = 6\nidle-timeout = 5m\nlog-level = debug\nmotd = ${motd}\n`);
  expect(limits).toMatchObject({ roomsMax: 6, idleTimeoutMs: 300_000 });
  expect(live.limits).toBe(limits);
  expect(live.motd).toEqual(['Be kind.']);
  expect(log.level).toBe('debug');
  expect(records).toEqual([
    changeOf('motd', '', motd),
    changeOf('log-level', 'info', 'debug'),
    changeOf('idle-timeout', '24h', '300s'),
    changeOf('max-rooms', '5', '6'),
    { level: 'info', message: 'Settings reloaded', fields: { changed: 4, waiting: 0 } },
  ]);
});

function changeOf(setting: string, from: string, to: string): Logged {
  const fields = { setting, from, to, applies: 'at once' };
  return { level: 'info', message: `Setting ${setting} changed`, fields };
}

test('what cannot be changed is said each time, and stays', () => {
  const { live, reads } = started('port = 1\nmax-mailbox = 5\n');
  for (let times = 0; times < 2; times++) {
    const records = reads('port = 2\nmax-mailbox = 6\nmax-rooms = 3\n');
    expect(records.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'Setting port is changed by a restart only',
        fields: { setting: 'port', from: '1', to: '2' },
      },
      {
        level: 'warn',
        message: 'Setting max-mailbox is changed by a restart only',
        fields: { setting: 'max-mailbox', from: '5', to: '6' },
      },
    ]);
    expect(records.at(-1)?.fields).toEqual({ changed: times === 0 ? 1 : 0, waiting: 2 });
  }
  expect(live.limits).toMatchObject({ mailboxMax: 5, roomsMax: 3 });
});

test('a file with something wrong changes nothing, and all of it is told', () => {
  const { live, log, reads } = started('max-rooms = 5\n');
  expect(reads('max-rooms = 6\nport = x\nprt = 1\nlog-level = debug\n')).toEqual([
    {
      level: 'error',
      message: `${path}:2: option 'port' value 'x' is invalid. Give a number from 0 to 65535.`,
      fields: {},
    },
    {
      level: 'error',
      message: `${path}:3: There is no setting prt; did you mean port?`,
      fields: {},
    },
    {
      level: 'error',
      message: 'Settings not reloaded: nothing has changed',
      fields: { problems: 2 },
    },
  ]);
  expect(live.limits.roomsMax).toBe(5);
  expect(log.level).toBe('info');
});

test('what is left out is as by default again', () => {
  const { live, reads } = started('max-rooms = 5\n');
  reads('');
  expect(live.limits.roomsMax).toBe(10_000);
});

test('a message of the day that has changed in its file is shown from then on', () => {
  const motd = join(folder, 'motd.txt');
  writeFileSync(motd, 'One.');
  const text = `motd = ${motd}\n`;
  const { live, reads } = started(text);
  writeFileSync(motd, 'One.\nTwo.');
  expect(reads(text)).toEqual([
    changeOf('motd', '1 line', '2 lines'),
    { level: 'info', message: 'Settings reloaded', fields: { changed: 1, waiting: 0 } },
  ]);
  expect(live.motd).toEqual(['One.', 'Two.']);
});

test('a store that has another password is said to wait for a restart, without the password', () => {
  const { reads } = started('store = redis://:one@host\n');
  const records = reads('store = redis://:two@host\n');
  expect(records[0]).toMatchObject({
    level: 'warn',
    message: 'Setting store is changed by a restart only',
  });
  expect(JSON.stringify(records)).not.toMatch(/:(?:one|two)@/);
});

test('what is only written in another way has not changed', () => {
  const { reads } = started('login-timeout = 60s\n');
  expect(reads('login-timeout = 1m\n')).toEqual([
    { level: 'info', message: 'Settings reloaded', fields: { changed: 0, waiting: 0 } },
  ]);
});

test('a token that has changed in its file is said to wait for a restart, without the token', () => {
  const file = join(folder, 'token');
  writeFileSync(file, '0123456789abcdef');
  const text = `http-token-file = ${file}\n`;
  const { reads } = started(text);
  writeFileSync(file, 'fedcba9876543210');
  for (let times = 0; times < 2; times++) {
    const records = reads(text);
    expect(records[0]).toMatchObject({ level: 'warn', fields: { setting: 'http-token-file' } });
    expect(JSON.stringify(records)).not.toMatch(/0123456789abcdef|fedcba9876543210/);
  }
});

test('limits are lowered to what the system allows', () => {
  const { live, reads } = started('', (limits) => ({ ...limits, connectionsMax: 9 }));
  reads('max-connections = 10\n');
  expect(live.limits.connectionsMax).toBe(9);
});

test.each([
  ['info', 'error'],
  ['error', 'info'],
])('from level %s to %s, the change is to be seen', (from, to) => {
  const { log, reads } = started(`log-level = ${from}\n`);
  log.level = from;
  let meanwhile = '';
  const info = log.info;
  log.info = (...record) => {
    meanwhile = log.level;
    info(...record);
  };
  reads(`log-level = ${to}\n`);
  expect(meanwhile).toBe('info');
  expect(log.level).toBe(to);
});

test('a certificate that has changed in its files is shown from then on, and a broken one is not', () => {
  const [one, two] = [makeCertificate('one'), makeCertificate('two')];
  const files = { certificate: join(folder, 'shown.pem'), key: join(folder, 'shown-key.pem') };
  copyFileSync(one.certificate, files.certificate);
  copyFileSync(one.key, files.key);
  const text = `tls-port = 0\ntls-cert = ${files.certificate}\ntls-key = ${files.key}\n`;
  const { live, reads } = started(text);
  const before = live.certificate;
  expect(before?.certificate).toBe(readFileSync(one.certificate, 'utf8'));
  expect(reads(text)).toHaveLength(1);
  copyFileSync(two.certificate, files.certificate);
  expect(reads(text)).toMatchObject([
    { level: 'error', message: expect.stringMatching(/^.*chat\.conf:2: The key in .* is not/) },
    { level: 'error', message: 'Settings not reloaded: nothing has changed' },
  ]);
  expect(live.certificate).toBe(before);
  copyFileSync(two.key, files.key);
  expect(reads(text)).toMatchObject([
    {
      message: 'Setting tls-cert changed',
      fields: {
        from: expect.stringMatching(/^CN=one, until /),
        to: expect.stringMatching(/^CN=two, until /),
        applies: 'to new connections',
      },
    },
    { message: 'Settings reloaded', fields: { changed: 1, waiting: 0 } },
  ]);
  expect(live.certificate?.certificate).toBe(readFileSync(two.certificate, 'utf8'));
  reads('');
  expect(live.certificate?.certificate).toBe(readFileSync(two.certificate, 'utf8'));
});
