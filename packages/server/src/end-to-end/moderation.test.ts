import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { texts } from '@chat-server/protocol';
import { Client } from './client.suite';
import { ServerProcess } from './server-process.suite';

const password = 'correct horse';
let state: string;

beforeEach(() => (state = mkdtempSync(join(tmpdir(), 'chat-moderation-'))));
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** A server that keeps its rooms in a SQLite file. */
async function startServer(): Promise<ServerProcess> {
  const options = ['--host', '127.0.0.1', '--port', '0', '--no-http'];
  const server = new ServerProcess(options, { STATE_DIRECTORY: state });
  await server.record('listening', ({ msg }) => msg.startsWith('Chat server listening'));
  return server;
}

test('bans, mutes and slow mode hold after a kill -9, and operators read in the log what was done', async () => {
  const server = await startServer();
  const [one, two, three] = await Promise.all(
    ['one', 'two', 'three'].map((name) => Client.login(server.port, name)),
  );
  await one?.does(`/register ${password}`, texts.registered('one'));
  await one?.does('/create Planes', texts.roomCreated('Planes'));
  for (const client of [one, two, three]) {
    client?.types('/join Planes');
    await client?.transcript.until(texts.joined(client.name, 'Planes'));
  }
  one?.types('hi');
  await two?.transcript.until('[one]: hi');
  one?.types('/ban two 1d spam', '/mute three', '/slow 1m');
  await two?.transcript.line();
  expect(await two?.transcript.line()).toMatch(
    /^\[\*\]: one banned you from room Planes until \d{4}-\d\d-\d\d \d\d:\d\d UTC, (1 d|23 h 59 min) left: spam$/,
  );
  await one?.transcript.until(texts.moderated('one', texts.slowDeed(60_000)));
  const kept = await server.record(
    'moderation',
    ({ msg }) => msg === 'Moderation: one used ban on two',
  );
  expect(kept).toMatchObject({ moderation: { action: 'ban', room: 'Planes', reason: 'spam' } });
  await server.kill();

  const again = await startServer();
  const banned = await Client.login(again.port, 'TWO');
  banned.types('/join Planes');
  expect(await banned.transcript.line()).toMatch(
    /^You are banned from room Planes until .*: spam$/,
  );
  const muted = await Client.login(again.port, 'three');
  await muted.does(
    '/join Planes',
    texts.joined('three', 'Planes'),
    texts.slowMode('Planes', 60_000),
  );
  await muted.does('hello?', texts.muted('Planes', texts.end(undefined, 0)));
  const owner = await Client.connect(again.port, 'one');
  owner.types('one', password);
  await owner.transcript.until(texts.helpHint);
  await owner.does('/join Planes', texts.joined('one', 'Planes'));
  await owner.does('/unmute three', texts.moderated('one', texts.unmuteDeed('three')));
  await muted.transcript.until(texts.unmutedYou('one', 'Planes'));
  muted.types('hello');
  await owner.sees('[three]: hello');
  muted.types('hello again');
  expect(await muted.transcript.line()).toMatch(/^Not sent: room Planes is in slow mode/);
});
