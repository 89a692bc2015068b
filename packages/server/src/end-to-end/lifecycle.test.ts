import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { Client } from './client.suite';
import { runToEnd, ServerProcess } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(['SIGTERM', 'SIGINT'] as const)(
  'at %s people read a farewell, and it ends with 0',
  async (signal) => {
    const server = await ServerProcess.start();
    const one = await Client.login(server.port, 'one');
    const nameless = await Client.connect(server.port, 'nameless');
    await nameless.reads('Login:');
    server.signal(signal);
    for (const person of [one, nameless]) {
      await person.sees('[*]: The server is stopping. Bye.');
      expect(await person.closed).toBeUndefined();
    }
    expect(await server.exit).toEqual({ code: 0, signal: null });
    const [gone] = await server.said('User disconnected: one');
    expect(gone).toMatchObject({ reason: 'shutdown' });
    expect(await server.said('Chat server stopped')).toHaveLength(1);
    expect(server.stderr).toBe('');
  },
);

test('a second signal ends it without waiting for those who do not read, and in order', async () => {
  const server = await ServerProcess.start('--shutdown-timeout', '1h');
  const one = await Client.connect(server.port, 'one');
  await one.reads('Login:');
  one.socket.pause();
  server.signal('SIGTERM');
  await server.record('stopping', ({ msg }) => msg === 'Chat server stopping');
  server.signal('SIGINT');
  expect(await server.exit).toEqual({ code: 0, signal: null });
  expect(await server.said('Chat server stopped')).toHaveLength(1);
});

test('a third signal ends it at once', async () => {
  const server = await ServerProcess.start('--drain-delay', '1h', '--store', 'memory:');
  server.signal('SIGTERM');
  await server.record('stopping', ({ msg }) => msg === 'Chat server stopping');
  const one = await Client.login(server.port, 'one');
  one.socket.pause();
  server.signal('SIGINT');
  await server.record('hurrying', ({ msg }) => msg.startsWith('Chat server stopping without'));
  server.signal('SIGINT');
  expect(await server.exit).toEqual({ code: 1, signal: null });
});

test('when whoever read its log is gone, it serves, and ends in order', async () => {
  const server = await ServerProcess.start();
  server.closeLog();
  const one = await Client.login(server.port, 'one');
  await one.does('/users', 'Online users: one');
  server.signal('SIGTERM');
  await one.sees('[*]: The server is stopping. Bye.');
  expect(await server.exit).toEqual({ code: 0, signal: null });
});

test('while it stops, nobody gets in', async () => {
  const server = await ServerProcess.start();
  const one = await Client.login(server.port, 'one');
  server.signal('SIGTERM');
  await one.sees('[*]: The server is stopping. Bye.');
  await server.exit;
  await expect(Client.connect(server.port)).rejects.toThrow('ECONNREFUSED');
});

test('a port that is taken is told in one line', async () => {
  const { port } = await ServerProcess.start();
  const second = await runToEnd(['--host', '127.0.0.1', '--port', `${port}`, '--no-http']);
  expect(second).toMatchObject({ code: 1, signal: null });
  expect(second.stderr).toBe(
    `chat-server: Port ${port} is taken by another program; choose one with --port.\n`,
  );
});

test.each([
  [
    ['--store', 'papyrus:'],
    /^chat-server: There is no store "papyrus"; use memory:, sqlite:<file> or redis:\/\/<host>\n$/,
  ],
  [
    ['--motd', join(folder, 'missing.txt')],
    /^chat-server: Cannot read the message of the day: .*missing\.txt'\n$/,
  ],
  [
    ['--host', '203.0.113.7'],
    /^chat-server: The address to listen on is not this machine’s; .*\n$/,
  ],
])('%j cannot be: one line says why', async (args, line) => {
  const failed = await runToEnd(['--port', '0', '--no-http', ...args]);
  expect(failed).toMatchObject({ code: 1, signal: null });
  expect(failed.stderr).toMatch(line);
});

test.each([
  [['--port', '70000']],
  [['--max-rooms', '0']],
  [['--idle-timeout', 'soon']],
  [['--log-level', 'loud']],
  [['--colour']],
  [['serve']],
])('%j is no option: what is wrong is said, and how to get help', async (args) => {
  const failed = await runToEnd(args);
  expect(failed).toMatchObject({ code: 1, signal: null, stdout: '' });
  const lines = failed.stderr.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^error: /);
  expect(lines[1]).toBe('Try chat-server --help.');
});

test('bad values in the environment are told as well', async () => {
  const failed = await runToEnd([], { CHAT_PORT: 'http' });
  expect(failed).toMatchObject({ code: 1, signal: null, stdout: '' });
  expect(failed.stderr).toContain('CHAT_PORT');
  expect(failed.stderr).not.toContain('    at ');
});

test('--version and --help answer and end with 0', async () => {
  expect(await runToEnd(['--version'])).toMatchObject({ code: 0, stdout: version });
  const help = await runToEnd(['--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('CHAT_MAX_ROOMS');
  expect(help.stdout).toContain('Examples:');
});

test('the message of the day is shown to whoever logs in, without what could harm a terminal', async () => {
  const file = join(folder, 'motd.txt');
  writeFileSync(file, 'Be kind.\r\n\u001b[2JThis room is \u{1F600}.\n\n');
  const { port } = await ServerProcess.start('--motd', file);
  const one = await Client.connect(port, 'one');
  await one.reads('Login:');
  one.types('one');
  await one.sees(
    'Welcome, one.',
    'Be kind.',
    '[2JThis room is \u{1F600}.',
    'Type /help to see available commands.',
  );
  expect(one.transcript.unread).toBe('');
});
