import { texts } from '@chat-server/protocol';
import { defaultLimits } from '../domain/limits';
import { Chat } from './chat.suite';

test('who logs in is greeted, and told of the day’s message', async () => {
  const chat = await Chat.start({ motd: ['Be kind.', ''] });
  const one = chat.connects('one');
  await one.reads('Login:');
  await one.does(' one ', 'Welcome, one.', 'Be kind.', '', texts.helpHint);
  expect(one.unread).toBe('');
});

test('the same name is refused in any case, asked again, and refused for good the third time', async () => {
  const chat = await Chat.start();
  await chat.login('One');
  const other = chat.connects('other');
  await other.reads('Login:');
  for (const name of ['one', 'ONE']) {
    await other.does(name, texts.nameInUse(name));
    await other.reads('Login:');
  }
  other.types('oNe');
  expect(await other.untilClosed()).toEqual([texts.tooManyLogins]);
  const third = await chat.login('third');
  await third.does('/users', texts.onlineUsers(['One', 'third']));
  expect(chat.services.sessions.size).toBe(2);
});

test.each(['', 'two words', 'ünï', 'a'.repeat(33), '/users', 'one\u0007!'])(
  'what is no name (%j) is told so and disconnected',
  async (name) => {
    const chat = await Chat.start();
    const other = chat.connects('other');
    await other.reads('Login:');
    other.types(name);
    expect(await other.untilClosed()).toEqual([texts.invalidUsername]);
    expect(other.peer.isEnded).toBe(true);
    expect(chat.records.map(({ message }) => message)).not.toContain('User connected');
  },
);

test('a name is free as soon as its connection is gone', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  one.peer.hangsUp('error');
  const again = await chat.login('ONE');
  await again.does('/users', texts.onlineUsers(['ONE']));
  expect(chat.records).toContainEqual({
    message: 'User disconnected: one',
    fields: expect.objectContaining({ name: 'one', reason: 'error', address: '127.0.0.1' }),
  });
});

test('a connection that is lost while it asks for a name does not keep it', async () => {
  const chat = await Chat.start();
  const release = chat.store.holds('claim');
  const one = chat.connects('one');
  one.types('one');
  await chat.store.waits();
  one.peer.hangsUp();
  release();
  const again = await chat.login('one');
  await again.does('/users', texts.onlineUsers(['one']));
  expect(chat.services.sessions.size).toBe(1);
});

test('a name that was given too late is free for others', async () => {
  const chat = await Chat.start();
  const release = chat.store.holds('claim');
  const one = chat.connects('one');
  await one.reads('Login:');
  one.types('one');
  await chat.store.waits();
  chat.clock.advance(6_000);
  await one.sees(texts.tookTooLong);
  await one.reads('Login:');
  release();
  await one.does('two', texts.welcome('two'), texts.helpHint);
  const other = await chat.login('one');
  await other.does('/users', texts.onlineUsers(['two', 'one']));
  expect(one.unread).toBe('');
});

test('lines that are typed ahead wait for the welcome', async () => {
  const chat = await Chat.start();
  const one = chat.connects('one');
  one.types('one', '/users', '/create Planes', '/join Planes', 'hi', '/who', '/quit');
  await one.reads('Login:');
  expect(await one.untilClosed()).toEqual([
    texts.welcome('one'),
    texts.helpHint,
    texts.onlineUsers(['one']),
    texts.roomCreated('Planes'),
    texts.joined('one', 'Planes'),
    texts.roomMembers('Planes', ['one']),
    texts.bye,
  ]);
});

test('what was piped in is answered to its end', async () => {
  const chat = await Chat.start();
  const one = chat.connects('one');
  one.types('one', '/create Planes', '/users');
  one.peer.endsInput();
  await one.reads('Login:');
  expect((await one.untilClosed()).slice(2)).toEqual([
    texts.roomCreated('Planes'),
    texts.onlineUsers(['one']),
  ]);
});

test('a line that is too long is refused as a whole, and the next one is not', async () => {
  const chat = await Chat.start({ limits: { lineBytesMax: 20 } });
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await one?.does('x'.repeat(21), texts.lineTooLong(20));
  one?.types('x'.repeat(20));
  await two?.sees(`[one]: ${'x'.repeat(20)}`);
  expect(two?.unread).toBe('');
});

test('who gives no name in time is told so and disconnected; a health check is not logged', async () => {
  const chat = await Chat.start({ limits: { loginTimeoutMs: 5_000 } });
  const slow = chat.connects('slow');
  await slow.reads('Login:');
  chat.clock.advance(4_000);
  const quick = await chat.login('quick');
  chat.clock.advance(3_000);
  expect(await slow.untilClosed()).toEqual([texts.loginTimedOut]);
  await quick.does('/users', texts.onlineUsers(['quick']));
  expect(chat.records.filter(({ message }) => message.includes('isconnected'))).toEqual([]);
});

test('who says nothing for long is told so and disconnected, who types stays', async () => {
  const chat = await Chat.start({ limits: { idleTimeoutMs: 10_000 } });
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  chat.clock.advance(8_000);
  two?.types('still here');
  await one?.sees('[two]: still here');
  chat.clock.advance(4_000);
  expect(await one?.untilClosed()).toEqual([texts.idleTimedOut]);
  await two?.sees(texts.left('one', 'Planes'));
});

test('one connection more than there may be is told that the server is full', async () => {
  const chat = await Chat.start({ limits: { connectionsMax: 2 } });
  const one = await chat.login('one');
  await chat.login('two');
  const three = chat.connects('three');
  expect(await three.untilClosed()).toEqual([texts.serverFull]);
  await one.does('/quit', texts.bye);
  await one.untilClosed();
  const four = await chat.login('four');
  await four.does('/users', texts.onlineUsers(['two', 'four']));
});

test('one connection more than an address may have is refused, those from others are not', async () => {
  const chat = await Chat.start({ limits: { connectionsPerAddressMax: 1 } });
  await chat.login('one');
  expect(await chat.connects('two').untilClosed()).toEqual([texts.addressFull]);
  const three = chat.connects('three', '127.0.0.2');
  await three.reads('Login:');
  await three.does('three', texts.welcome('three'), texts.helpHint);
  expect(three.unread).toBe('');
});

test('someone who sends more than is looked at at once is stopped before it is', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  one.peer.sends(Buffer.alloc(20_000, 'x'));
  expect(one.peer.isPaused).toBe(true);
  one.types('', '/users');
  await one.sees(texts.lineTooLong(defaultLimits.lineBytesMax), texts.onlineUsers(['one']));
  expect(one.peer.isPaused).toBe(false);
});

test('someone who types faster than is handled is not read from for a while', async () => {
  const chat = await Chat.start({ limits: { inputLinesMax: 5 } });
  const release = chat.store.holds('list');
  const one = await chat.login('one');
  one.types('/rooms', ...Array.from({ length: 10 }, (_, at) => `/${at}`));
  await chat.store.waits();
  one.types('/users');
  const other = await chat.login('other');
  await other.does('/users', texts.onlineUsers(['one', 'other']));
  expect(one.peer.isPaused).toBe(true);
  release();
  await one.sees(texts.noRooms, ...Array.from({ length: 10 }, () => texts.unknownCommand));
  await one.sees(texts.onlineUsers(['one', 'other']));
  expect(one.peer.isPaused).toBe(false);
});
