import { texts } from '@chat-server/protocol';
import { injectFault } from '@chat-server/supervision';
import { Chat } from './chat.suite';
import { acceptorOf, listenerOf, registryName, roomsName } from './names';

function fault(
  chat: Chat,
  name: ReturnType<typeof listenerOf> | typeof registryName | typeof roomsName,
): void {
  const target = chat.system.whereIs(name as ReturnType<typeof listenerOf>);
  if (target === undefined) throw new Error(`no ${name.name}`);
  injectFault(target, new Error('bug'));
}

test('a crash is told to who caused it, and to nobody else', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await one?.does('/crash connection', texts.lineFailed);
  await one?.does('/crash room', texts.roomLineFailed);
  one?.types('hi');
  await two?.sees('[one]: hi');
  expect(one?.unread).toBe('');
  expect(chat.crashes).toEqual([
    expect.stringMatching(/^chat\/listeners\/fake\/listener\/connection-\d+$/),
    'chat/rooms/planes',
  ]);
});

test('what one is, and whom one ignores, survives a crash', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await one?.does('/ignore two', texts.ignoring('two'));
  await one?.does('/away tea', texts.youAreAway('tea'));
  await one?.does('/crash connection', texts.lineFailed);
  two?.types('hidden');
  await two?.does('/whisper one hidden', texts.isAway('one', 'tea'));
  await one?.does('/ignore', texts.ignoredUsers(['two']));
  expect(one?.unread).toBe('');
});

test('whoever logs in while the listener crashes gets the name they asked for', async () => {
  const chat = await Chat.start();
  const release = chat.store.holds('claim');
  const one = chat.connects('one');
  await one.reads('Login:');
  one.types('one', '/users');
  await chat.store.waits();
  fault(chat, listenerOf('fake'));
  release();
  const seen = await one.peer.transcript.until(texts.onlineUsers(['one']));
  expect(seen.at(-2)?.replaceAll('Login:', '')).toBe(texts.welcome('one'));
});

test('whoever logs in while the registry crashes gets the name they asked for', async () => {
  const chat = await Chat.start();
  const release = chat.store.holds('claim');
  const one = chat.connects('one');
  await one.reads('Login:');
  one.types('one', '/users');
  await chat.store.waits();
  fault(chat, registryName);
  release();
  const seen = await one.peer.transcript.until(texts.onlineUsers(['one']));
  expect(seen.at(-2)?.replaceAll('Login:', '')).toBe(texts.welcome('one'));
});

test('whoever joins while the listener crashes is in the room, and knows it', async () => {
  const chat = await Chat.start();
  const [two] = await chat.gather('Planes', 'two');
  const one = await chat.login('one');
  const release = chat.store.holds('append');
  one.types('/join Planes', 'hi');
  await chat.store.waits();
  fault(chat, listenerOf('fake'));
  release();
  await one.sees(texts.joined('one', 'Planes'));
  await two?.sees(texts.joined('one', 'Planes'), '[one]: hi');
  await one.does('/who', texts.roomMembers('Planes', ['two', 'one']));
  expect(chat.crashes).toHaveLength(1);
});

test('whoever leaves while the listener crashes is out, and knows it', async () => {
  const chat = await Chat.start();
  const [two, one] = await chat.gather('Planes', 'two', 'one');
  const release = chat.store.holds('append');
  one?.types('/leave', '/who');
  await chat.store.waits();
  fault(chat, listenerOf('fake'));
  release();
  await two?.sees(texts.left('one', 'Planes'));
  expect(await one?.peer.transcript.until(texts.notInRoom)).not.toContain(texts.lineFailed);
  await one?.does('/join Planes', texts.joined('one', 'Planes'));
});

test('whoever is gone before a room has let them in is not in it', async () => {
  const chat = await Chat.start();
  const [two] = await chat.gather('Planes', 'two');
  const one = await chat.login('one');
  const three = await chat.login('three');
  await one.does('/users', texts.onlineUsers(['two', 'one', 'three']));
  // The command reads the room once, the room itself a second time.
  let release = chat.store.holds('read');
  one.types('/join Planes');
  await chat.store.waits();
  release();
  release = chat.store.holds('read');
  await chat.store.waits();
  one.peer.hangsUp('error');
  await three.does('/who', texts.notInRoom);
  await three.does('/users', texts.onlineUsers(['two', 'three']));
  release();
  await three.does('/join Planes', texts.joined('three', 'Planes'));
  await three.does('/leave', texts.leftRoom('Planes'));
  const lines = await two?.peer.transcript.until(texts.left('three', 'Planes'));
  const comings = lines?.filter((line) => line === texts.joined('one', 'Planes'));
  const goings = lines?.filter((line) => line === texts.left('one', 'Planes'));
  expect(comings).toHaveLength(goings?.length ?? 0);
  expect([...chat.services.seats.of('planes').keys()]).toHaveLength(1);
});

test('whoever is gone while their room is down leaves it when it is back', async () => {
  const chat = await Chat.start();
  const [one, two, three] = await chat.gather('Planes', 'one', 'two', 'three');
  const release = chat.store.holds('tail');
  one?.types('/crash room');
  await one?.sees(texts.roomLineFailed);
  await chat.store.waits();
  two?.peer.hangsUp('error');
  three?.types('meanwhile');
  release();
  const lines = [await one?.peer.transcript.line(), await one?.peer.transcript.line()];
  expect(new Set(lines)).toEqual(new Set([texts.left('two', 'Planes'), '[three]: meanwhile']));
  await one?.does('/who', texts.roomMembers('Planes', ['one', 'three']));
});

test('what is said while a room comes back is kept', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  const release = chat.store.holds('tail');
  one?.types('before', '/crash room', 'after');
  await one?.sees(texts.roomLineFailed);
  await chat.store.waits();
  two?.types('meanwhile');
  release();
  await two?.sees('[one]: before', '[one]: after');
  await one?.sees('[two]: meanwhile');
  expect(chat.crashes).toHaveLength(1);
});

test('a crash while a room comes back is told to who caused it, and loses nobody else’s line', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  const release = chat.store.holds('tail');
  one?.types('/crash room');
  await one?.sees(texts.roomLineFailed);
  await chat.store.waits();
  one?.types('/crash room');
  await one?.does('/users', texts.onlineUsers(['one', 'two']));
  two?.types('meanwhile');
  await two?.does('/users', texts.onlineUsers(['one', 'two']));
  release();
  const lines = [await one?.peer.transcript.line(), await one?.peer.transcript.line()];
  expect(new Set(lines)).toEqual(new Set([texts.roomLineFailed, '[two]: meanwhile']));
});

test('a room that crashes over and over is given up alone, and comes back when it is asked for', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  for (let crash = 0; crash < 12; crash++) await one?.does('/crash room', texts.roomLineFailed);
  two?.types('hi');
  await one?.sees('[two]: hi');
  expect(chat.crashes).toHaveLength(12);
});

test('when parts crash more often than they may, the whole gives up and says so', async () => {
  const chat = await Chat.start();
  for (let crash = 0; crash < 25; crash++) fault(chat, registryName);
  expect(await chat.system.ended).toEqual({
    kind: 'shutdown',
    detail: 'reached_max_restart_intensity',
  });
});

test('at the end of the server everyone is told, and nobody else gets in', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const nameless = chat.connects('nameless');
  await nameless.reads('Login:');
  chat.system.whereIs(acceptorOf('fake'))?.notify({ type: 'farewell' });
  for (const person of [one, nameless]) {
    expect(await person.untilClosed()).toEqual([texts.serverStopping]);
  }
  expect(chat.transport.isOpen).toBe(false);
  await chat.services.sessions.emptied();
  expect(chat.services.sessions.size).toBe(0);
  expect(await chat.system.stop()).toEqual({ kind: 'shutdown' });
});
