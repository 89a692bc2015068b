import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { texts } from '@chat-server/protocol';
import { Client } from './client.suite';
import { ServerProcess } from './server-process.suite';

let state: string;

beforeEach(() => (state = mkdtempSync(join(tmpdir(), 'chat-guests-'))));
afterEach(() => rmSync(state, { recursive: true, force: true }));

function startServer(): Promise<ServerProcess> {
  return ServerProcess.start('--no-http', '--store', `sqlite:${join(state, 'chat.db')}`);
}

async function createsPrivate(owner: Client, room: string): Promise<void> {
  const line = texts.guestsRoom(room, true);
  await owner.does(`/create_private ${room}`, texts.roomCreated(room), line);
}

/** Tries all that there is to get into a room or at it. */
async function isShutOut(stranger: Client, room: string): Promise<void> {
  await stranger.does('/rooms', texts.noRooms);
  for (const line of [`/join ${room}`, `/destroy ${room}`, `/invite ${stranger.name} ${room}`]) {
    await stranger.does(line, texts.roomIsPrivate(room));
  }
  await stranger.does('hello?', texts.notInRoom);
}

test('who takes the name of a guest who left can neither see, enter, destroy nor own what was theirs', async () => {
  const server = await startServer();
  const one = await Client.login(server.port, 'one');
  const two = await Client.login(server.port, 'two');
  const three = await Client.login(server.port, 'three');
  await createsPrivate(one, 'Secret');
  for (const guest of [two, three]) {
    await one.does(`/invite ${guest.name} Secret`, texts.invited(guest.name, 'Secret'));
    await guest.sees(texts.invitation('one', 'Secret'));
  }
  await three.does('/join Secret', texts.joined('three', 'Secret'));
  await one.does('/quit', texts.bye);
  await two.reset();
  await three.sees(texts.roomInherited('one', 'three'));
  await server.record('two is gone', ({ msg }) => msg === 'User disconnected: two');
  for (const name of ['one', 'two']) {
    const stranger = await Client.login(server.port, name);
    await isShutOut(stranger, 'Secret');
    await stranger.does('/register correct horse', texts.registered(name));
    await isShutOut(stranger, 'Secret');
  }
  await three.does('/destroy Secret', texts.roomBeingDestroyed, texts.roomDestroyed('Secret'));
  expect(three.transcript.unread).toBe('');
});

test('nor after a kill -9 of the server, whose guests nobody said goodbye for', async () => {
  const server = await startServer();
  const one = await Client.login(server.port, 'one');
  const two = await Client.login(server.port, 'two');
  await createsPrivate(one, 'Secret');
  await one.does('/invite two Secret', texts.invited('two', 'Secret'));
  await server.kill();
  await Promise.all([one.closed, two.closed]);
  const again = await startServer();
  for (const name of ['one', 'two'])
    await isShutOut(await Client.login(again.port, name), 'Secret');
  expect(again.stderr).toBe('');
});
