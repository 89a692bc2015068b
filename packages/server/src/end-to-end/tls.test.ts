import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { texts } from '@chat-server/protocol';
import { makeCertificate } from '../test-certificate.suite';
import { Client } from './client.suite';
import { describeWith, RealClient } from './real-client.suite';
import { runToEnd, ServerProcess } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** What the server is told to show; which certificate that is, tests decide. */
const shown = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
const options = ['--tls-port', '0', '--tls-cert', shown.certificate, '--tls-key', shown.key];

function show(name: string): void {
  const made = makeCertificate(name);
  copyFileSync(made.certificate, shown.certificate);
  copyFileSync(made.key, shown.key);
}

async function tlsPort(server: ServerProcess): Promise<number> {
  const { port } = await server.record('listening', ({ transport }) => transport === 'tls');
  return Number(port);
}

/** A server with TLS, whose certificate has that name. */
async function started(name: string, ...more: readonly string[]) {
  show(name);
  const server = await ServerProcess.start(...options, ...more);
  return { server, port: await tlsPort(server) };
}

function openssl(port: number, ...more: readonly string[]): readonly string[] {
  const trusting = [
    '-CAfile',
    shown.certificate,
    '-verify_return_error',
    '-servername',
    'localhost',
  ];
  return ['s_client', '-connect', `127.0.0.1:${port}`, ...trusting, ...more];
}

async function login(client: RealClient): Promise<void> {
  await client.screen.shows('Login:');
  client.types(client.name);
  await client.screen.shows(`Welcome, ${client.name}.`);
}

/** All that openssl says of a connection that it only makes. */
function looked(port: number, ...more: readonly string[]): string {
  const run = spawnSync('openssl', openssl(port, ...more), { input: '', encoding: 'utf8' });
  return run.stdout + run.stderr;
}

describeWith('openssl')('over TLS', () => {
  test('people log in with openssl and talk with those who are not encrypted', async () => {
    const { server, port } = await started('localhost');
    const one = new RealClient('one', 'openssl', openssl(port, '-quiet'));
    await login(one);
    const two = await Client.login(server.port, 'two');
    one.types('/create Planes', '/join Planes');
    await one.screen.shows('[*]: User one joined Planes.\r\n');
    two.types('/join Planes', 'hi');
    await one.screen.shows('[two]: hi\r\n');
    two.types('/whisper one psst');
    await one.screen.shows('<<two>>: psst\r\n');
    one.types('/quit');
    await one.screen.shows('Bye.');
    expect(await one.exit).toBe(0);
  });

  test('whoever registers is told of the port on which nobody can read the password, unless they are there', async () => {
    const { server, port } = await started('localhost');
    const two = await Client.login(server.port, 'two');
    two.types('/register');
    await two.reads(`${texts.notEncrypted(port)}\r\n${texts.passwordPrompt}`);
    const one = new RealClient('one', 'openssl', openssl(port, '-quiet'));
    await login(one);
    one.types('/register');
    await one.screen.shows(texts.passwordPrompt);
    expect(one.screen.all).not.toContain('not encrypted');
  });

  test('what is piped in is answered to its end', async () => {
    const { port } = await started('localhost');
    const pipe = new RealClient('pipe', 'openssl', openssl(port, '-quiet'));
    pipe.types('one', '/users', '/quit');
    pipe.endsInput();
    await pipe.screen.shows('Online users: one\r\nBye.\r\n');
    expect(await pipe.exit).toBe(0);
  });

  test('a certificate that is replaced is shown after SIGHUP, and who is here stays', async () => {
    const { server, port } = await started('before');
    const one = new RealClient('one', 'openssl', openssl(port, '-quiet'));
    await login(one);
    expect(looked(port)).toMatch(/subject=CN ?= ?before/);
    show('after');
    server.signal('SIGHUP');
    await server.record('reloaded', ({ msg }) => msg === 'Settings reloaded');
    expect(await server.said('Setting tls-cert changed')).toMatchObject([
      { from: expect.stringMatching('CN=before, until '), applies: 'to new connections' },
    ]);
    expect(looked(port)).toMatch(/subject=CN ?= ?after/);
    one.types('/users');
    await one.screen.shows('Online users: one\r\n');
  });

  test('a certificate that is broken changes nothing at SIGHUP, and is logged', async () => {
    const { server, port } = await started('whole');
    const whole = looked(port);
    copyFileSync(makeCertificate('other').key, shown.key);
    server.signal('SIGHUP');
    await server.record('refused', ({ msg }) => msg.startsWith('Settings not reloaded'));
    expect(server.records.filter(({ level }) => level === 'error')).toMatchObject([
      { msg: expect.stringContaining(`The key in ${shown.key} is not that of the certificate`) },
      { msg: 'Settings not reloaded: nothing has changed' },
    ]);
    expect(whole).toMatch(/subject=CN ?= ?whole/);
    expect(looked(port)).toMatch(/subject=CN ?= ?whole/);
  });

  test('TLS 1.1 is refused, by the server', async () => {
    const { port } = await started('localhost');
    const weak = ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'];
    expect(looked(port, ...weak)).toContain('alert protocol version');
    expect(looked(port, '-tls1_2')).toContain('Verify return code: 0 (ok)');
  });

  test('plain clients on its port are closed, and the log stays quiet', async () => {
    const { server, port } = await started('localhost');
    const plain = await Promise.all(Array.from({ length: 20 }, () => Client.connect(port)));
    for (const client of plain) client.types('one');
    await Promise.all(plain.map(({ closed }) => closed));
    await Client.login(server.port, 'one');
    const loud = server.records.filter(({ level }) => level !== 'info' && level !== 'debug');
    expect(loud).toEqual([]);
  });

  test('a crash of either listener disconnects nobody, and all are told goodbye once', async () => {
    const { server, port } = await started('localhost', '--fault-injection');
    const one = new RealClient('one', 'openssl', openssl(port, '-quiet'));
    await login(one);
    const two = await Client.login(server.port, 'two');
    one.types('/crash listener');
    const tlsListener = await server.record('crash', ({ msg }) => msg === 'crash report');
    expect(tlsListener).toMatchObject({ path: expect.stringContaining('tls/listener') });
    two.types('/crash listener');
    const [, tcpListener] = await server.recordsOf(
      'crashes',
      2,
      ({ msg }) => msg === 'crash report',
    );
    expect(tcpListener).toMatchObject({ path: expect.stringContaining('tcp/listener') });
    one.types('/users');
    await one.screen.shows('Online users: one, two\r\n');
    two.types('/users');
    await two.transcript.shows('Online users: one, two\r\n');
    server.signal('SIGTERM');
    expect(await two.transcript.toTheEnd()).toHaveLength(1);
    expect((await one.screen.toTheEnd()).filter((line) => line.includes('stop'))).toHaveLength(1);
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });
});

describeWith(
  'openssl',
  'socat',
  'telnet',
)('through socat', () => {
  test('people log in with telnet and talk', async () => {
    const { port } = await started('localhost');
    const to = `OPENSSL:127.0.0.1:${port},cafile=${shown.certificate},commonname=localhost`;
    const socat = new RealClient('socat', 'socat', ['-dd', 'TCP-LISTEN:0,bind=127.0.0.1', to]);
    await socat.screen.shows('listening on AF=2 127.0.0.1:');
    const local = /^\d+/.exec(socat.screen.unread)?.[0] ?? '';
    const one = new RealClient('one', 'telnet', ['127.0.0.1', local]);
    await login(one);
    one.types('/create Planes', '/join Planes', '/users');
    await one.screen.shows('Online users: one');
    one.types('/quit');
    await one.screen.shows('Bye.');
    expect(await one.exit).not.toBeNull();
  });
});

test('without a certificate that is good, the server does not start, and says what to do', async () => {
  show('localhost');
  const missing = join(folder, 'missing.pem');
  const failed = await runToEnd(['--tls-port', '0', '--tls-cert', missing, '--tls-key', missing]);
  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect(failed.stderr).toMatch(/^chat-server: Cannot read the certificate for TLS: ENOENT.*\n$/);
  copyFileSync(makeCertificate('other').key, shown.key);
  expect(await runToEnd(options)).toMatchObject({
    code: 1,
    stderr: `chat-server: The key in ${shown.key} is not that of the certificate in ${shown.certificate}; give the two that belong together.\n`,
  });
});

test('a port for TLS that is taken is told by its own option', async () => {
  const { port } = await started('localhost');
  const loopback = ['--host', '127.0.0.1', '--port', '0', '--no-http'];
  const failed = await runToEnd([...loopback, ...options.with(1, `${port}`)]);
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.stderr).toBe(
    `chat-server: Port ${port} is taken by another program; choose one with --tls-port.\n`,
  );
});
