import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from './client.suite';
import { type LogRecord, ServerProcess } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-systemd-'));
afterAll(() => rmSync(folder, { recursive: true }));
const options = ['--host', '127.0.0.1', '--port', '0', '--no-http', '--store', 'memory:'];
const socket = { NOTIFY_SOCKET: '/run/systemd/notify' };
const waitMaxMs = 20_000;
let helpers = 0;

/** A `systemd-notify` that writes down what it was told, a line each time, and ends with a code. */
function helper(code: number) {
  const bin = mkdtempSync(join(folder, `${++helpers}-`));
  const told = join(bin, 'told');
  const file = join(bin, 'systemd-notify');
  writeFileSync(file, `#!/bin/sh\nIFS=,\necho "$*" >>'${told}'\nexit ${code}\n`);
  chmodSync(file, 0o755);
  const lines = (): string[] =>
    existsSync(told) ? readFileSync(told, 'utf8').trimEnd().split('\n') : [];
  const hears = async (assignment: string, times = 1): Promise<void> => {
    const count = (): number => lines().filter((line) => line.includes(assignment)).length;
    for (const deadline = Date.now() + waitMaxMs; count() < times; await setTimeout(20)) {
      if (Date.now() > deadline) throw new Error(`not told ${assignment}: ${lines().join('; ')}`);
    }
  };
  return {
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    lines,
    /** Waits until it was told that, so many times. */
    hears,
  };
}

function isListening({ msg }: { readonly msg: string }): boolean {
  return msg.startsWith('Chat server listening');
}

test('systemd is told when people can connect, and when the server stops', async () => {
  const { PATH, lines, hears } = helper(0);
  const server = new ServerProcess(options, { PATH, ...socket });
  await hears('READY=1');
  // What it was told is so.
  const one = await Client.login(server.port, 'one');
  await one.does('/quit', 'Bye.');
  server.signal('SIGTERM');
  expect(await server.exit).toEqual({ code: 0, signal: null });
  await hears('STOPPING=1');
  expect(lines()).toEqual([
    'READY=1,STATUS=Accepting connections',
    'STOPPING=1,STATUS=Saying goodbye',
  ]);
});

test('systemd is told of a reload that begins and ends, and how long a drain may take', async () => {
  const { PATH, lines, hears } = helper(0);
  const drain = ['--drain-delay', '1s', '--drain-timeout', '30s'];
  const server = new ServerProcess([...options, ...drain], { PATH, ...socket });
  await hears('READY=1');
  server.signal('SIGHUP');
  await hears('RELOADING=1');
  await hears('READY=1', 2);
  server.signal('SIGTERM');
  expect(await server.exit).toEqual({ code: 0, signal: null });
  await hears('STOPPING=1');
  expect(lines()).toEqual([
    'READY=1,STATUS=Accepting connections',
    expect.stringMatching(/^RELOADING=1,MONOTONIC_USEC=\d+$/),
    'READY=1',
    'STOPPING=1,STATUS=Saying goodbye,EXTEND_TIMEOUT_USEC=46000000',
  ]);
});

test('a watchdog is told again and again, until the server stands still', async () => {
  const { PATH, lines, hears } = helper(0);
  const server = new ServerProcess(options, { PATH, ...socket, WATCHDOG_USEC: '200000' });
  await hears('READY=1');
  await hears('WATCHDOG=1', 5);
  server.signal('SIGSTOP');
  // One that was under way is heard.
  await setTimeout(300);
  const before = lines().length;
  await setTimeout(500);
  expect(lines()).toHaveLength(before);
  server.signal('SIGCONT');
  await hears('WATCHDOG=1', before + 2);
});

function saysItCannotTell({ msg }: LogRecord): boolean {
  return msg.startsWith('Cannot tell systemd');
}

test('a systemd that cannot be told is logged once, and the server serves', async () => {
  const { PATH, hears } = helper(1);
  const server = new ServerProcess(options, { PATH, ...socket, WATCHDOG_USEC: '200000' });
  await hears('WATCHDOG=1', 4);
  const one = await Client.login(server.port, 'one');
  await one.does('/users', 'Online users: one');
  expect(await server.recordsOf('that it cannot', 1, saysItCannotTell)).toHaveLength(1);
});

test('where systemd does not ask, it is not told', async () => {
  const { PATH, lines } = helper(0);
  const server = new ServerProcess(options, { PATH, WATCHDOG_USEC: '200000' });
  await server.record('listening', isListening);
  server.signal('SIGTERM');
  expect(await server.exit).toEqual({ code: 0, signal: null });
  expect(lines()).toEqual([]);
});
