import { Client } from './client.suite';
import { ServerProcess } from './server-process.suite';

test('a name is free again after its connection is gone, by whichever way', async () => {
  const server = await ServerProcess.start();
  const ways: readonly ((client: Client) => Promise<unknown>)[] = [
    (client) => client.does('/quit', 'Bye.').then(() => client.closed),
    (client) => client.reset(),
    (client) => {
      client.socket.end();
      return client.closed;
    },
  ];
  for (const [index, go] of ways.entries()) {
    const one = await Client.login(server.port, 'One');
    await go(one);
    await server.recordsOf('One is gone', index + 1, ({ msg }) => msg === 'User disconnected: One');
  }
  const one = await Client.login(server.port, 'ONE');
  await one.does('/users', 'Online users: ONE');
  const gone = await server.said('User disconnected: One', ways.length);
  const reasons = gone.map(({ reason }) => reason);
  expect(reasons).toEqual(['quit', expect.stringMatching(/^(?:closed|error)$/), 'closed']);
});

test('whoever wants a name that is in use is asked again, and the third time is the last', async () => {
  const { port } = await ServerProcess.start();
  await Client.login(port, 'one');
  const other = await Client.connect(port, 'other');
  await other.reads('Login:');
  await other.does('one', 'The name one is in use, choose another one.');
  await other.reads('Login:');
  await other.does('ONE', 'The name ONE is in use, choose another one.');
  await other.reads('Login:');
  other.types('oNe');
  expect(await other.transcript.toTheEnd()).toEqual([
    'Too many tries. Connect again with a name that is free.',
  ]);
});

test('whoever finds a name that is free at the third try is in', async () => {
  const { port } = await ServerProcess.start();
  await Client.login(port, 'one');
  const other = await Client.connect(port, 'other');
  other.types('one', 'One', 'two', '/users');
  await other.transcript.until('Online users: one, two');
  expect(other.transcript.unread).toBe('');
});

test('of many who want one name at once, one gets it', async () => {
  const { port } = await ServerProcess.start();
  const people = await Promise.all(Array.from({ length: 20 }, () => Client.connect(port)));
  for (const person of people) person.types('one');
  const answers = await Promise.all(people.map((person) => person.transcript.line()));
  expect(answers.filter((line) => line === 'Login:Welcome, one.')).toHaveLength(1);
  expect(answers.filter((line) => /in use/.test(line))).toHaveLength(19);
});

test('a connection that only looks whether there is someone is no user', async () => {
  const server = await ServerProcess.start('--log-level', 'debug');
  for (let check = 0; check < 5; check++) {
    const probe = await Client.connect(server.port, 'probe');
    if (check % 2 === 0) await probe.reset();
    else probe.socket.destroy();
    await probe.closed;
  }
  const one = await Client.login(server.port, 'one');
  await one.does('/users', 'Online users: one');
  await one.does('/quit', 'Bye.');
  await server.record('the end', ({ msg }) => msg === 'User disconnected: one');
  const messages = server.records.map(({ msg }) => msg).filter((msg) => msg.startsWith('User'));
  expect(messages).toEqual(['User connected: one', 'User disconnected: one']);
  const loud = server.records.filter(({ level }) => ['warn', 'error', 'fatal'].includes(level));
  expect(loud).toEqual([]);
});

test('what people write to each other is in no record, and neither is what they try as a name', async () => {
  const server = await ServerProcess.start('--log-level', 'trace', '--fault-injection');
  const one = await Client.login(server.port, 'one');
  await one.does('/create Planes', 'Room Planes created.');
  await one.does('/join Planes', '[*]: User one joined Planes.');
  one.types('sesame one', '/me sesame two', '/crash room');
  await one.transcript.until(
    '[*]: Sorry, something went wrong in this room with your line, which was lost.',
  );
  one.types('sesame three', '/crash connection');
  await one.transcript.until(
    '[*]: Sorry, something went wrong on our side with that line. You are still connected.',
  );
  await one.does('/whisper one sesame four', '<<one>>: sesame four');
  const other = await Client.connect(server.port, 'other');
  other.types('open sesame');
  await other.closed;
  await one.does('/quit', 'Bye.');
  await server.record('the end', ({ msg }) => msg === 'User disconnected: one');
  expect(JSON.stringify(server.records)).not.toContain('sesame');
});
