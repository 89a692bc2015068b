import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { texts } from '@chat-server/protocol';
import { Client } from './client.suite';
import { Crowd } from './crowd.suite';
import { ServerProcess } from './server-process.suite';

let state: string;

beforeEach(() => (state = mkdtempSync(join(tmpdir(), 'chat-restart-'))));
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** A server that is told nothing of where to keep things, but by its environment. */
async function startServer(): Promise<ServerProcess> {
  const options = ['--host', '127.0.0.1', '--port', '0', '--no-http'];
  const server = new ServerProcess(options, { STATE_DIRECTORY: state });
  await server.record('listening', ({ msg }) => msg.startsWith('Chat server listening'));
  return server;
}

const said = /^\[m\d+\]: \d+$/;

test('after a kill -9 in the middle of talk, all that anyone had read is in /history, in order', async () => {
  const server = await startServer();
  const crowd = await Crowd.gather([server.port], 8);
  crowd.startTalking();
  await crowd.talksOn(60);
  await server.kill();
  await crowd.stopTalking();
  await Promise.all(crowd.members.map(({ closed }) => closed));
  const again = await startServer();
  const reader = await Client.login(again.port, 'reader');
  await reader.does('/rooms', texts.rooms(['Planes']));
  await reader.does('/join Planes', texts.joined('reader', 'Planes'));
  reader.types('/history 4000', '/quit');
  const history = (await reader.transcript.toTheEnd()).map((line) => line.slice('00:00 '.length));
  for (const { transcript, name } of crowd.members) {
    const read = transcript.all
      .split('\r\n')
      .slice(0, -1)
      .filter((line) => said.test(line));
    expect(read.length).toBeGreaterThan(100);
    const kept = history.filter((line) => said.test(line) && !line.startsWith(`[${name}]`));
    expect(kept.slice(0, read.length)).toEqual(read);
  }
});

test('a room, its owner, its guests and its topic outlive the server, and whoever comes back soon is in it again', async () => {
  const server = await startServer();
  const one = await Client.login(server.port, 'one');
  const two = await Client.login(server.port, 'two');
  await one.does(
    '/create_private Secret',
    texts.roomCreated('Secret'),
    texts.guestsRoom('Secret', true),
  );
  await one.does('/invite two Secret', texts.invited('two', 'Secret'));
  await two.sees(texts.invitation('one', 'Secret'));
  await one.does('/join Secret', texts.joined('one', 'Secret'));
  await one.does('/topic wings', texts.topicSet('one', 'wings'));
  server.signal('SIGTERM');
  expect(await server.exit).toEqual({ code: 0, signal: null });
  const again = await startServer();
  const stranger = await Client.login(again.port, 'stranger');
  await stranger.does('/rooms', texts.noRooms);
  const guest = await Client.login(again.port, 'two');
  await guest.does('/join Secret', texts.joined('two', 'Secret'), texts.topic('Secret', 'wings'));
  await guest.does('/destroy Secret', texts.notOwner('Secret', 'one'));
  const owner = await Client.login(again.port, 'one');
  await owner.sees(texts.joined('one', 'Secret'), texts.topic('Secret', 'wings'));
  owner.types('/destroy Secret');
  await owner.transcript.until(texts.roomDestroyed('Secret'));
  await guest.transcript.until(texts.roomBeingDestroyed);
});
