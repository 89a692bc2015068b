import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { texts } from '@chat-server/protocol';
import { RedisServer } from '../store/redis/redis-server.suite';
import { describeWithRedis } from '../store/redis/with-redis.suite';
import { Client } from './client.suite';
import { runToEnd, ServerProcess } from './server-process.suite';

const password = 'correct horse';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chat-operators-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command beside a server, as an operator does in a shell. */
async function shell(server: ServerProcess, ...args: readonly string[]) {
  const port = ['--http-host', '127.0.0.1', '--http-port', String(server.httpPort)];
  const { code, stdout, stderr } = await runToEnd([...port, ...args]);
  return { code, said: stdout + stderr.trim() };
}

async function registers(server: ServerProcess, name: string): Promise<Client> {
  const client = await Client.login(server.port, name);
  await client.does(`/register ${password}`, texts.registered(name));
  return client;
}

/** Someone who is an operator from now on, and online. */
async function operator(server: ServerProcess, name = 'op'): Promise<Client> {
  const client = await registers(server, name);
  const done = `${name} is an operator of this server from now on.`;
  expect(await shell(server, 'operator', 'add', name)).toEqual({ code: 0, said: done });
  await client.sees(texts.nowOperator);
  return client;
}

/** Someone who logs in by a registered name. */
async function proves(server: ServerProcess, name: string): Promise<Client> {
  const client = await Client.connect(server.port, name);
  client.types(name, password);
  await client.transcript.shows(`${texts.helpHint}\r\n`);
  return client;
}

/** Somebody from an address, behind a balancer that says so. */
async function from(server: ServerProcess, address: string): Promise<Client> {
  const client = await Client.connect(server.port, address);
  client.socket.write(`PROXY TCP4 ${address} 198.51.100.1 1025 23\r\n`);
  return client;
}

test('rights are given, listed and taken in a shell, whatever the store', async () => {
  const server = await ServerProcess.start('--store', 'memory:');
  expect(await shell(server, 'operator', 'list')).toEqual({ code: 0, said: '' });
  expect(await shell(server, 'operator', 'add', 'op')).toEqual({
    code: 1,
    said: expect.stringMatching(/^The name op is not registered/),
  });
  expect(await shell(server, 'operator', 'add', 'no name')).toMatchObject({ code: 1 });
  const op = await operator(server);
  expect(await shell(server, 'operator', 'list')).toEqual({ code: 0, said: 'op' });
  await op.does('/server mute one', texts.sanctioned('muted', 'one', {}, 0));
  const { said } = await shell(server, 'moderation');
  expect(said.split('\n')).toEqual([
    'Operators: op',
    texts.lockdownIs('off'),
    texts.noSanctions('bans'),
    texts.sanctions('mutes', 1),
    '  one, by op, until that is lifted.',
    texts.records(2),
    expect.stringMatching(/127\.0\.0\.1 \(this machine\): operator add op$/),
    expect.stringMatching(/op: mute one$/),
  ]);
  expect(await shell(server, 'operator', 'remove', 'op')).toMatchObject({ code: 0 });
  await op.sees(texts.noLongerOperator);
  await op.does('/server mutes', texts.unknownCommand);
  expect(await server.said('Moderation: op used mute on one')).toMatchObject([
    { moderation: { by: 'op', action: 'mute', target: 'one' } },
  ]);
});

test('without a server, or without its token, nobody is made an operator', async () => {
  const server = await ServerProcess.start(
    '--store',
    'memory:',
    '--http-token',
    'a-token-of-many-letters',
  );
  await registers(server, 'op');
  expect(await shell(server, 'operator', 'add', 'op')).toMatchObject({
    code: 1,
    said: expect.stringContaining('wants the token'),
  });
  const withToken = ['--http-token', 'a-token-of-many-letters'];
  expect(await shell(server, ...withToken, 'operator', 'add', 'op')).toMatchObject({ code: 0 });
  await server.kill();
  expect(await shell(server, 'operator', 'list')).toMatchObject({
    code: 1,
    said: expect.stringContaining('No server answers'),
  });
});

test('after a kill -9, operators, bans, mutes, a lockdown and records are as they were', async () => {
  const store = ['--store', `sqlite:${join(folder, 'chat.db')}`, '--proxy', '127.0.0.1'];
  const plain = store.slice(0, 2);
  const server = await ServerProcess.start(...plain);
  const op = await operator(server);
  for (const line of [
    '/server ban one 1d spam',
    '/server ban 192.0.2.0/24',
    '/server mute two',
    '/lockdown guests a raid',
  ]) {
    op.types(line);
    await op.transcript.line();
  }
  await server.kill();
  const again = await ServerProcess.start(...plain);
  const back = await proves(again, 'op');
  await back.does('/lockdown', texts.lockdownIs('guests', 'a raid'));
  await back.does(
    '/server mutes',
    texts.sanctions('mutes', 1),
    '  two, by op, until that is lifted.',
  );
  back.types('/server records');
  await back.sees(texts.records(5));
  await back.transcript.shows('op: lockdown guests: a raid\r\n');
  const guest = await Client.connect(again.port);
  guest.types('one');
  await guest.transcript.shows('The name one is banned from this server until');
  guest.types('three');
  await guest.transcript.shows(texts.lockedToGuests('a raid'));
  await again.kill();
  const behind = await ServerProcess.start(...store);
  const banned = await from(behind, '192.0.2.77');
  expect(await banned.transcript.toTheEnd()).toEqual([texts.addressBanned({}, 0)]);
  const other = await from(behind, '192.0.3.77');
  await other.reads(texts.loginPrompt);
  expect(await behind.said('Connection refused')).toMatchObject([
    { address: '192.0.2.77', reason: 'banned' },
  ]);
});

describeWithRedis('operators of several nodes', () => {
  test('reach everyone on each of them, at once', async () => {
    const redis = await RedisServer.start();
    const here = await ServerProcess.start('--store', redis.url);
    const there = await ServerProcess.start('--store', redis.url);
    const op = await operator(here);
    const [one, two] = [await Client.login(there.port, 'one'), await registers(there, 'two')];
    await op.does('/announce Tea.', texts.announcement('op', 'Tea.'));
    for (const person of [one, two]) await person.sees(texts.announcement('op', 'Tea.'));
    await op.does('/server kick one loud', texts.kickedBy('one'));
    expect(await one.transcript.toTheEnd()).toEqual([texts.kickedFromServer('loud')]);
    await op.does('/server mute two', texts.sanctioned('muted', 'two', {}, 0));
    await two.sees(texts.mutedOnServer({}, 0));
    await op.does('/server unmute two', texts.unsanctioned('muted', 'two'));
    await two.sees(texts.unmutedOnServer);
    expect(await shell(here, 'operator', 'add', 'two')).toMatchObject({ code: 0 });
    await two.sees(texts.nowOperator);
    await two.does('/server bans', texts.noSanctions('bans'));
    expect(await shell(here, 'operator', 'remove', 'two')).toMatchObject({ code: 0 });
    await two.sees(texts.noLongerOperator);
    await two.does('/server bans', texts.unknownCommand);
    await op.does('/server ban two', texts.sanctioned('banned', 'two', {}, 0));
    expect(await two.transcript.toTheEnd()).toEqual([texts.bannedFromServer({}, 0)]);
    await redis.kill();
  });
});
