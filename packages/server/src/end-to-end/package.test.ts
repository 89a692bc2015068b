import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from './client.suite';
import { type LogRecord, packageFolder } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npmTimeoutMs = 100_000;

/** Runs npm as someone outside of this workspace does. */
function npm(cwd: string, ...args: readonly string[]): string {
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^npm_(?!config_registry)/i.test(name),
  );
  const { error, stdout, stderr, status } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    timeout: npmTimeoutMs,
    env: Object.fromEntries(environment),
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${error?.message ?? stderr}${stdout}`);
  return stdout;
}

test('the packed package holds what it needs, and runs where nothing else is', async () => {
  npm(packageFolder, 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder);
  const [tarball = ''] = readdirSync(folder);
  expect(tarball).toMatch(/^chat-server-.*\.tgz$/);
  const home = join(folder, 'home');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(folder, 'install', '--silent', '--no-audit', '--no-fund', join(folder, tarball));
  const installed = join(folder, 'node_modules/chat-server');
  expect(readdirSync(installed).toSorted()).toEqual(
    expect.arrayContaining(['bin', 'dist', 'package.json']),
  );
  const shipped = readdirSync(join(installed, 'dist'));
  expect(shipped).toEqual(expect.arrayContaining(['append.lua', 'chat-server.js']));
  expect(shipped.filter((file) => !file.endsWith('.lua'))).toEqual(['chat-server.js', 'page']);
  const { PATH = '' } = process.env;
  const options = ['--port', '0', '--host', '127.0.0.1', '--no-http'];
  const server = spawn('npx', ['chat-server', ...options], {
    cwd: folder,
    env: { PATH, HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
    // npx starts the server in a process below its own: both get the signal.
    detached: true,
  });
  try {
    const lines = createInterface({ input: server.stdout });
    let port: number | undefined;
    for await (const line of lines) {
      const record = JSON.parse(line) as LogRecord;
      if (typeof record['port'] === 'number') port = record['port'];
      if (port !== undefined) break;
    }
    const one = await Client.login(port ?? 0, 'one');
    await one.does('/quit', 'Bye.');
    await one.closed;
  } finally {
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
    await once(server, 'close');
  }
}, 120_000);
