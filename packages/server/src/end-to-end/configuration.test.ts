import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.suite';
import { runToEnd, ServerProcess } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'chat.conf');

function reloaded(server: ServerProcess): Promise<unknown> {
  return server.record('reloaded', ({ msg }) => msg === 'Settings reloaded');
}

test('at SIGHUP the file is read again, and what can be changed is, for those who are here', async () => {
  const motd = join(folder, 'motd.txt');
  writeFileSync(motd, 'Be kind.\n');
  writeFileSync(path, 'max-rooms = 1\nmax-mailbox = 5000\n');
  const server = await ServerProcess.start('--config', path);
  const one = await Client.login(server.port, 'one');
  await one.does('/create Planes', 'Room Planes created.');
  await one.does(
    '/create Trains',
    'There are 1 rooms, which is as many as there may be. /join one of them.',
  );
  writeFileSync(path, `max-rooms = 2\nmax-mailbox = 6000\nmotd = ${motd}\nlog-level = debug\n`);
  server.signal('SIGHUP');
  await reloaded(server);
  await one.does('/create Trains', 'Room Trains created.');
  const two = await Client.connect(server.port, 'two');
  await two.reads('Login:');
  two.types('two');
  await two.sees('Welcome, two.', 'Be kind.', 'Type /help to see available commands.');
  expect(await server.said('Setting max-rooms changed')).toMatchObject([{ from: '1', to: '2' }]);
  expect(await server.said('Setting max-mailbox is changed by a restart only')).toMatchObject([
    { level: 'warn', from: '5000', to: '6000' },
  ]);
  await server.record('at level debug', ({ level }) => level === 'debug');
});

test('a broken file changes nothing, all that is wrong with it is logged, and the server goes on', async () => {
  writeFileSync(path, 'max-rooms = 1\n');
  const server = await ServerProcess.start('--config', path);
  const one = await Client.login(server.port, 'one');
  writeFileSync(path, 'max-rooms = 2\nmax-roms = 3\nidle-timeout = soon\n');
  server.signal('SIGHUP');
  await server.record('refused', ({ msg }) => msg.startsWith('Settings not reloaded'));
  const errors = server.records.filter(({ level }) => level === 'error').map(({ msg }) => msg);
  expect(errors).toEqual([
    `${path}:2: There is no setting max-roms; did you mean max-rooms?`,
    `${path}:3: option 'idle-timeout' value 'soon' is invalid. Give a duration such as 500ms, 90s, 5m or 24h, at most 24d.`,
    'Settings not reloaded: nothing has changed',
  ]);
  await one.does('/create Planes', 'Room Planes created.');
  await one.does(
    '/create Trains',
    'There are 1 rooms, which is as many as there may be. /join one of them.',
  );
  writeFileSync(path, 'max-rooms = 2\n');
  server.signal('SIGHUP');
  await reloaded(server);
  await one.does('/create Trains', 'Room Trains created.');
});

test('what a flag says stays, whatever the file says later', async () => {
  writeFileSync(path, '');
  const server = await ServerProcess.start('--config', path, '--max-rooms', '1');
  writeFileSync(path, 'max-rooms = 2\n');
  server.signal('SIGHUP');
  await reloaded(server);
  expect(await server.said('Settings reloaded')).toMatchObject([{ changed: 0, waiting: 0 }]);
});

test('a server is not started with a broken file, and all that is wrong is told', async () => {
  writeFileSync(path, 'port = http\n\nmax-roms = 3\n');
  const failed = await runToEnd(['--config', path]);
  expect(failed).toMatchObject({ code: 1, signal: null, stdout: '' });
  expect(failed.stderr).toBe(
    [
      `chat-server: ${path}:1: option 'port' value 'http' is invalid. Give a number from 0 to 65535.`,
      `chat-server: ${path}:3: There is no setting max-roms; did you mean max-rooms?`,
      '',
    ].join('\n'),
  );
});

test('a check says that settings are fine, and where each is from, without passwords', async () => {
  writeFileSync(path, '# Our chat\nstore = redis://ann:secret@host\n');
  const environment = { CHAT_MAX_ROOMS: '7' };
  const checked = await runToEnd(['config', 'check', '--config', path, '--port', '1'], environment);
  expect(checked).toMatchObject({ code: 0, stderr: '' });
  expect(checked.stdout).toContain(`${path} is fine:\n`);
  const settings = checked.stdout.split('\n').map((line) => line.trim().split(/ {2,}/).join(' '));
  expect(settings).toEqual(
    expect.arrayContaining([
      'port = 1 # --port',
      'max-rooms = 7 # CHAT_MAX_ROOMS',
      `store = redis://ann:***@host # ${path}:2`,
      'log-level = info # default',
    ]),
  );
  expect(checked.stdout).not.toContain('secret');
});

test('a check of a broken file tells all that is wrong, and ends with 1', async () => {
  writeFileSync(path, 'max-rooms = none\nstore = papyrus:\n');
  expect(await runToEnd(['config', 'check', '--config', path])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: [
      `${path}:1: option 'max-rooms' value 'none' is invalid. Give a whole number from 1.`,
      `${path}:2: There is no store "papyrus"; use memory:, sqlite:<file> or redis://<host>`,
      '',
    ].join('\n'),
  });
});
