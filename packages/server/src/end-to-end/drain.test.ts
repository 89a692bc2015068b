import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { httpAnswer } from '../http/http-client.suite';
import { Client } from './client.suite';
import { runToEnd, ServerProcess } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-drain-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function readiness({ httpPort }: ServerProcess): Promise<string> {
  const { status, body } = await httpAnswer(httpPort, '/readyz');
  return `${status} ${body}`;
}

function isStopping({ msg }: { readonly msg: string }): boolean {
  return msg === 'Chat server stopping';
}

test('a server that drains is not ready, serves whoever comes, and then tells how long is left', async () => {
  const server = await ServerProcess.start('--drain-delay', '2s', '--drain-timeout', '2s');
  const one = await Client.login(server.port, 'one');
  expect(await readiness(server)).toBe('200 ready');
  server.signal('SIGTERM');
  await server.record('stopping', isStopping);
  expect(await readiness(server)).toBe('503 draining');
  const two = await Client.login(server.port, 'two');
  await one.does('/whisper two hi');
  await two.sees('<<one>>: hi');
  for (const person of [one, two]) await person.sees('[*]: This server is stopping in 2 s.');
  await expect(Client.connect(server.port)).rejects.toThrow('ECONNREFUSED');
  // Who is here still is served.
  await one.does('/users', 'Online users: one, two');
  for (const person of [one, two]) {
    await person.sees('[*]: The server is stopping. Bye.');
    expect(await person.closed).toBeUndefined();
  }
  expect(await server.exit).toEqual({ code: 0, signal: null });
  expect(server.stderr).toBe('');
});

test('when all have gone by themselves, the rest of the time is not waited for', async () => {
  const server = await ServerProcess.start('--drain-timeout', '1h');
  const one = await Client.login(server.port, 'one');
  server.signal('SIGTERM');
  await one.sees('[*]: This server is stopping in 60 min.');
  await one.does('/quit', 'Bye.');
  expect(await server.exit).toEqual({ code: 0, signal: null });
});

test('a second signal during a drain ends it in order, with a farewell', async () => {
  const server = await ServerProcess.start('--drain-delay', '1h', '--drain-timeout', '1h');
  const one = await Client.login(server.port, 'one');
  server.signal('SIGTERM');
  await server.record('stopping', isStopping);
  server.signal('SIGTERM');
  await one.sees('[*]: The server is stopping. Bye.');
  expect(await one.closed).toBeUndefined();
  expect(await server.exit).toEqual({ code: 0, signal: null });
});

test('while it drains under load, every line gets to everyone, and each is told goodbye', async () => {
  const server = await ServerProcess.start('--drain-delay', '300ms', '--drain-timeout', '1h');
  const people: Client[] = [];
  for (let number = 0; number < 20; number++) {
    const one = await Client.login(server.port, `user${number}`);
    if (number === 0) await one.does('/create Planes', 'Room Planes created.');
    people.push(one);
    one.types('/join Planes');
    for (const each of people) await each.sees(`[*]: User ${one.name} joined Planes.`);
  }
  const linesMax = 5_000;
  const [speaker, ...others] = people;
  server.signal('SIGTERM');
  await server.record('stopping', isStopping);
  for (let number = 1; number <= linesMax; number++) {
    speaker?.types(`line ${number}`);
    if (number % 50 === 0) await setImmediate();
  }
  const said = Array.from({ length: linesMax }, (_, index) => `[user0]: line ${index + 1}`);
  for (const each of others) {
    const before = await each.transcript.until(said.at(-1) ?? '', 30_000);
    const heard = [...before, said.at(-1)].filter((line) => line?.startsWith('[user0]'));
    expect(heard).toEqual(said);
  }
  server.signal('SIGTERM');
  for (const each of people) {
    await each.transcript.until('[*]: The server is stopping. Bye.');
    expect(await each.closed).toBeUndefined();
    expect(each.transcript.all).toContain('[*]: This server is stopping in 60 min.');
  }
  expect(await server.exit).toEqual({ code: 0, signal: null });
});

describe('chat-server drain', () => {
  test('has the server on this machine drain and end', async () => {
    const server = await ServerProcess.start();
    const one = await Client.login(server.port, 'one');
    const asked = await runToEnd(['drain', '--http-port', `${server.httpPort}`]);
    expect(asked).toMatchObject({
      code: 0,
      stdout: 'The server drains, and then ends.',
      stderr: '',
    });
    await one.sees('[*]: The server is stopping. Bye.');
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  test('shows the token where the server has one, and is refused without', async () => {
    const token = join(folder, 'token');
    writeFileSync(token, '0123456789abcdef\n');
    const server = await ServerProcess.start('--http-token-file', token);
    const port = ['--http-port', `${server.httpPort}`];
    const refused = await runToEnd(['drain', ...port]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^The server wants the token/);
    expect(await readiness(server)).toBe('200 ready');
    expect(await runToEnd(['drain', ...port, '--http-token-file', token])).toMatchObject({
      code: 0,
    });
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  test('says so where no server is', async () => {
    const server = await ServerProcess.start();
    const { httpPort } = server;
    await server.kill();
    const asked = await runToEnd(['drain', '--http-port', `${httpPort}`]);
    expect(asked).toMatchObject({
      code: 1,
      stderr: `No server answers at http://localhost:${httpPort}.\n`,
    });
  });
});
