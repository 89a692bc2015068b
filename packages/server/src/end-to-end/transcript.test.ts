import { Client } from './client.suite';
import { ServerProcess } from './server-process.suite';

test('two people talk, and each reads byte by byte what the wire promises', async () => {
  const { port } = await ServerProcess.start();
  const one = await Client.connect(port, 'one');
  const two = await Client.connect(port, 'two');
  for (const person of [one, two]) {
    await person.reads('Login:');
    person.types(person.name);
    await person.reads(`Welcome, ${person.name}.\r\nType /help to see available commands.\r\n`);
  }
  await one.does('/root', 'Command not known, type /help to see available commands.');
  await one.does('/users', 'Online users: one, two');
  await one.does('/create Planes', 'Room Planes created.');
  await two.does('/join Planes', '[*]: User two joined Planes.');
  await one.does('/join Planes', '[*]: User one joined Planes.');
  await two.sees('[*]: User one joined Planes.');
  two.types('hi');
  await one.sees('[two]: hi');
  two.types('/whisper one psst');
  await one.sees('<<two>>: psst');
  await one.does('/leave', 'You left room Planes.');
  await two.sees('[*]: User one left Planes.');
  await one.does('/quit', 'Bye.');
  expect(await one.closed).toBeUndefined();
  await two.does('/users', 'Online users: two');
  await two.does('/destroy Planes', 'Only its owner one can do that to room Planes.');
  await two.does('/quit', 'Bye.');
  await two.closed;
  expect([one.transcript.unread, two.transcript.unread]).toEqual(['', '']);
  expect(two.transcript.all).not.toContain('[two]');
});

test('a room that is destroyed tells its members, who are in none then', async () => {
  const { port } = await ServerProcess.start();
  const one = await Client.login(port, 'one');
  const two = await Client.login(port, 'two');
  await one.does('/create Planes', 'Room Planes created.');
  await two.does('/join Planes', '[*]: User two joined Planes.');
  one.types('/destroy Planes');
  await two.sees('[*]: This room is being destroyed by its owner.');
  await one.sees('Room Planes destroyed.');
  await two.does('/rooms', 'There are no rooms yet, /create <room> makes one.');
  await two.does('hello?', 'You are not in a room, /join <room> enters one and /rooms lists them.');
  expect(one.transcript.unread + two.transcript.unread).toBe('');
});

test.each(['', 'with space', 'ünï', 'x'.repeat(33), '\u001b[2J', 'x'.repeat(5_000)])(
  'what is no name (%j) is told so and disconnected',
  async (name) => {
    const { port } = await ServerProcess.start();
    const client = await Client.connect(port);
    await client.reads('Login:');
    client.types(name);
    await client.sees('Invalid username.');
    expect(await client.closed).toBeUndefined();
  },
);

test('the lines of a client that are cut anywhere, and end anyhow, are the same lines', async () => {
  const { port } = await ServerProcess.start();
  const reader = await Client.login(port, 'reader');
  await reader.does('/create Planes', 'Room Planes created.');
  await reader.does('/join Planes', '[*]: User reader joined Planes.');
  const writer = await Client.connect(port, 'writer');
  await writer.reads('Login:');
  const typed = Buffer.from('writer\r\0/join Planes\r\nhé \u{1F600}\nthere\r\n');
  for (const byte of typed) writer.socket.write(Buffer.of(byte));
  await reader.sees('[*]: User writer joined Planes.', '[writer]: hé \u{1F600}', '[writer]: there');
  expect(reader.transcript.unread).toBe('');
});

test('a client that negotiates telnet options at once can log in, and reads no more than it needs to', async () => {
  const { port } = await ServerProcess.start();
  const client = await Client.connect(port, 'putty');
  await client.reads('Login:');
  client.socket.write(Buffer.from([255, 251, 31, 255, 251, 32, 255, 253, 1, 255, 251, 3]));
  client.types('putty');
  expect(await client.transcript.line()).toMatch(/^[^\w]*Welcome, putty\.$/);
  await client.does('/users', 'Type /help to see available commands.', 'Online users: putty');
});
