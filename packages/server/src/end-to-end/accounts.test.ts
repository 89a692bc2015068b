import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { texts } from '@chat-server/protocol';
import { Client } from './client.suite';
import { describeWith } from './real-client.suite';
import { ServerProcess } from './server-process.suite';
import { TmuxWindow } from './tmux.suite';

const password = 'correct horse';
let state: string;

beforeEach(() => (state = mkdtempSync(join(tmpdir(), 'chat-accounts-'))));
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** A server with that file for its store. */
function startServer(...args: readonly string[]): Promise<ServerProcess> {
  return ServerProcess.start('--store', `sqlite:${join(state, 'chat.db')}`, ...args);
}

async function registers(port: number, name: string): Promise<void> {
  const person = await Client.login(port, name);
  await person.does(`/register ${password}`, texts.registered(name));
  await person.does('/quit', texts.bye);
  await person.closed;
}

test('a name stays its owner’s when the server starts again, and no one can read their password', async () => {
  const server = await startServer('--log-level', 'debug');
  await registers(server.port, 'one');
  server.signal('SIGTERM');
  await server.exit;
  const again = await startServer('--registration', 'closed');
  const one = await Client.connect(again.port);
  one.types('one', password, '/passwd', '');
  await one.transcript.shows(texts.welcome('one'));
  await one.transcript.shows(`${texts.currentPasswordPrompt}${texts.nothingChanged}`);
  const two = await Client.login(again.port, 'two');
  await two.does('/register', texts.registrationClosed);
  const kept = readFileSync(join(state, 'chat.db'), 'latin1');
  const told = JSON.stringify([server.records, again.records]);
  expect([kept, told, server.stderr, again.stderr].join('\n')).not.toContain(password);
});

test('while passwords are hashed, others talk on', async () => {
  const { port } = await startServer();
  await registers(port, 'one');
  const talker = await Client.login(port, 'talker');
  const guessers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => Client.login(port, `guesser${at}`)),
  );
  for (const guesser of guessers) guesser.types(`/login nobody${guesser.name} ${password}`);
  let waitedMs = 0;
  for (let line = 0; line < 20; line++) {
    const askedAtMs = performance.now();
    await talker.does('/back', texts.youWereNotAway);
    waitedMs = Math.max(waitedMs, performance.now() - askedAtMs);
  }
  for (const guesser of guessers) await guesser.sees(texts.wrongPassword);
  expect(waitedMs).toBeLessThan(1_000);
});

describeWith(
  'tmux',
  'telnet',
  'tt++',
)('in a window of a terminal', () => {
  test.each([
    ['telnet', (port: number) => `telnet 127.0.0.1 ${port}`],
    ['tintin++', (port: number) => `tt++ -G -e "#session chat 127.0.0.1 ${port}"`],
  ])('%s shows nothing of a password', async (_name, commandOf) => {
    const { port } = await startServer();
    const window = new TmuxWindow(commandOf(port));
    await window.until(() => window.rows.some((row) => row.includes('Login:')), 'Login:');
    window.enters('one');
    await window.sees('Type /help to see available commands.');
    window.enters('/register');
    await window.until(() => window.rows.some((row) => row.includes('Password:')), 'Password:');
    window.enters(password);
    await window.until(() => window.rows.some((row) => row.includes('The same again')), 'again');
    window.enters(password);
    await window.until(() => window.rows.some((row) => row.includes('is yours now')), 'yours');
    window.enters('/quit');
    await window.sees('Bye.');
    const again = new TmuxWindow(commandOf(port));
    await again.until(() => again.rows.some((row) => row.includes('Login:')), 'Login:');
    again.enters('one');
    await again.until(() => again.rows.some((row) => row.includes('Password:')), 'Password:');
    again.enters(password);
    await again.sees('Type /help to see available commands.');
    expect(again.history.join('\n')).not.toContain('correct');
    expect(window.history.join('\n')).not.toContain('correct');
  });
});
