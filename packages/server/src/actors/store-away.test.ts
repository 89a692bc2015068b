import { texts } from '@chat-server/protocol';
import { Chat } from './chat.suite';

test('no name is given while the store is away, and it can be asked for again', async () => {
  const chat = await Chat.start();
  chat.store.losesTouch('claim');
  const one = chat.connects('one');
  await one.reads('Login:');
  await one.does('one', texts.storeAway);
  await one.reads('Login:');
  chat.store.recovers();
  await one.does('one', texts.welcome('one'), texts.helpHint);
  expect(one.unread).toBe('');
});

test('what is said while the store is away is not sent, and its author is told', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  chat.store.losesTouch('append');
  await one?.does('lost', texts.storeAway);
  chat.store.recovers();
  one?.types('kept');
  await two?.sees('[one]: kept');
  expect(one?.unread).toBe('');
});

test('whoever joins while the store is away is told, and is in no room', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  const two = await chat.login('two');
  for (const operation of ['read', 'append'] as const) {
    chat.store.losesTouch(operation);
    await two.does('/join Planes', texts.storeAway);
    chat.store.recovers();
    await two.does('hello?', texts.notInRoom);
    await one?.does('/who', texts.roomMembers('Planes', ['one']));
  }
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  await one?.sees(texts.joined('two', 'Planes'));
  expect(chat.crashes).toHaveLength(0);
});

test('whoever leaves while the store is away is out all the same, and the others are told later', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  chat.store.losesTouch('append');
  await two?.does('/leave', texts.leftRoom('Planes'));
  chat.store.recovers();
  await two?.does('hello?', texts.notInRoom);
  await one?.does('/who', texts.roomMembers('Planes', ['one']));
  chat.clock.advance(1_000);
  await one?.sees(texts.left('two', 'Planes'));
  expect([one?.unread, two?.unread]).toEqual(['', '']);
  expect(chat.crashes).toHaveLength(0);
});

test('a room whose log cannot be read lets people in when it can', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  await one.does('/create Planes', texts.roomCreated('Planes'));
  chat.store.losesTouch('tail');
  one.types('/join Planes');
  const two = await chat.login('two');
  await two.does('/users', texts.onlineUsers(['one', 'two']));
  chat.store.recovers();
  chat.clock.advance(1_500);
  await one.sees(texts.joined('one', 'Planes'));
  expect(one.unread).toBe('');
});

test('a room whose log cannot be read for long says so, and nobody is half in', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  await one.does('/create Planes', texts.roomCreated('Planes'));
  chat.store.losesTouch('tail');
  one.types('/join Planes');
  const two = await chat.login('two');
  await two.does('/users', texts.onlineUsers(['one', 'two']));
  chat.clock.advance(10_500);
  await one.sees(texts.joinFailed('Planes'));
  chat.store.recovers();
  two.types('/join Planes');
  for (let second = 0; second < 4; second++) {
    chat.clock.advance(1_000);
    await one.does('hello?', texts.notInRoom);
  }
  await two.sees(texts.joined('two', 'Planes'));
  await two.does('/who', texts.roomMembers('Planes', ['two']));
  expect(one.unread).toBe('');
});

test('a room is not half destroyed while the store is away', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  chat.store.losesTouch('append', 'drop', 'change', 'read');
  await one?.does('/destroy Planes', texts.storeAway);
  chat.store.recovers();
  await one?.does('/rooms', texts.rooms(['Planes']));
  one?.types('still here', '/history 1');
  expect(await one?.peer.transcript.line()).toBe(texts.history('Planes', 1));
});
