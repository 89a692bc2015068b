import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.suite';
import { runToEnd, ServerProcess } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-'));
afterAll(() => rmSync(folder, { recursive: true }));
const options = ['--host', '127.0.0.1', '--port', '0', '--no-http'];

test('the store is the one whose URL is in the file, and keeps what it should', async () => {
  const file = join(folder, 'store-url');
  writeFileSync(file, `sqlite:${join(folder, 'chat.db')}\n`);
  const first = await ServerProcess.start('--store-file', file);
  const one = await Client.login(first.port, 'one');
  await one.does('/create Planes', 'Room Planes created.');
  await first.kill();
  const second = new ServerProcess(options, { CHAT_STORE_FILE: file });
  await second.record('listening', ({ msg }) => msg.startsWith('Chat server listening'));
  const two = await Client.login(second.port, 'two');
  await two.does('/join Planes', '[*]: User two joined Planes.');
  expect(first.stderr + second.stderr).toBe('');
});

test.each([
  [['--store', 'memory:', '--store-file', 'url'], {}],
  [['--store-file', 'url'], { CHAT_STORE: 'memory:' }],
  [['--store', 'memory:'], { CHAT_STORE_FILE: 'url' }],
  [[], { CHAT_STORE: 'sqlite:', CHAT_STORE_FILE: 'url' }],
])('a store that is given twice, as by %j and %j, is refused', async (args, environment) => {
  const { code, stdout, stderr } = await runToEnd([...options, ...args], environment);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    'chat-server: The store is given twice, by --store and by --store-file; leave one out.\n',
  );
});

test('a file that is not there is told in one line', async () => {
  const file = join(folder, 'none');
  const { code, stderr } = await runToEnd([...options, '--store-file', file]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^chat-server: Cannot read the store's file: ENOENT.*\n$/);
});
