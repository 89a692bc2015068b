import { texts } from '@chat-server/protocol';
import type { RoomEvent } from '../domain/room-event';
import { valueOf } from '../store/store-fixture.suite';
import { Chat } from './chat.suite';

test('whoever joins is seen by all members, and so is what they say, by all but themselves', async () => {
  const chat = await Chat.start();
  const [one, two, three] = await chat.gather('Planes', 'one', 'two', 'three');
  one?.types('hi', '/me waves');
  for (const other of [two, three]) await other?.sees('[one]: hi', '* one waves');
  two?.types('ho');
  for (const other of [one, three]) await other?.sees('[two]: ho');
  expect([one, two, three].map((person) => person?.unread)).toEqual(['', '', '']);
});

test('joining another room leaves the one before', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await one?.does('/create Boats', texts.roomCreated('Boats'));
  await two?.does('/join boats', texts.joined('two', 'Boats'));
  await one?.sees(texts.left('two', 'Planes'));
  await one?.does('/who', texts.roomMembers('Planes', ['one']));
  await two?.does('/who', texts.roomMembers('Boats', ['two']));
  expect(chat.crashes).toHaveLength(0);
});

test('whoever leaves has read what was said before, and reads nothing of what comes after', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.types('last?');
  two?.types('/leave');
  const read = await two?.peer.transcript.until(texts.leftRoom('Planes'));
  one?.types('gone?');
  await one?.sees(texts.left('two', 'Planes'));
  await one?.does('/who', texts.roomMembers('Planes', ['one']));
  const tail = await valueOf(chat.store.tail<RoomEvent>('room:planes', 10));
  const said = tail.entries.map(({ kind, text }) => `${kind} ${text}`);
  const isBefore = said.indexOf('said last?') < said.indexOf('left ');
  expect(read).toEqual(isBefore ? ['[one]: last?'] : []);
  await two?.does('hello?', texts.notInRoom);
});

test('whoever joins is shown the topic, and members see it change', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  await one?.does('/topic wings', texts.topicSet('one', 'wings'));
  const two = await chat.login('two');
  await two.does('/join Planes', texts.joined('two', 'Planes'), texts.topic('Planes', 'wings'));
  await two.does('/topic tails', texts.topicSet('two', 'tails'));
  await one?.sees(texts.joined('two', 'Planes'), texts.topicSet('two', 'tails'));
  expect(one?.unread).toBe('');
});

test('a private room is seen and entered by those who are invited, and by nobody else', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const two = await chat.login('two');
  await one.does(
    '/create_private Secret',
    texts.roomCreated('Secret'),
    texts.guestsRoom('Secret', true),
  );
  await two.does('/rooms', texts.noRooms);
  await two.does('/join secret', texts.roomIsPrivate('Secret'));
  one.types('/invite TWO Secret');
  await one.sees(texts.invited('two', 'Secret'));
  await two.sees(texts.invitation('one', 'Secret'));
  await two.does('/rooms', texts.rooms(['Secret']));
  await two.does('/join Secret', texts.joined('two', 'Secret'));
  expect(chat.crashes).toEqual([]);
});

test('a room that is destroyed tells its members, and is gone with what was said', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  two?.types('hi');
  await one?.sees('[two]: hi');
  await two?.does('/destroy Planes', texts.notOwner('Planes', 'one'));
  one?.types('/destroy Planes');
  await two?.sees(texts.roomBeingDestroyed);
  await one?.peer.transcript.until(texts.roomBeingDestroyed);
  await two?.does('hello?', texts.notInRoom);
  await two?.does('/create Planes', texts.roomCreated('Planes'));
  await two?.does('/join Planes', texts.joined('two', 'Planes'));
  await two?.does('/history', texts.noHistory('Planes'));
  expect(chat.crashes).toEqual([]);
});

test('the owner of a room that is destroyed reads both lines, and is in no room', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  one?.types('/destroy Planes');
  const lines = [await one?.peer.transcript.line(), await one?.peer.transcript.line()];
  expect(new Set(lines)).toEqual(
    new Set([texts.roomBeingDestroyed, texts.roomDestroyed('Planes')]),
  );
  await one?.does('hello?', texts.notInRoom);
});

test('/history has what one has just said oneself, as the last line', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  two?.types('first');
  await one?.sees('[two]: first');
  one?.types('second', '/history 5');
  await one?.sees(
    texts.history('Planes', 2),
    texts.historyLine(chat.clock.now(), '[two]: first'),
    texts.historyLine(chat.clock.now(), '[one]: second'),
  );
  expect(one?.unread).toBe('');
});

test('a room that is full says so, and has place again when someone leaves', async () => {
  const chat = await Chat.start({ limits: { roomMembersMax: 2 } });
  const [one] = await chat.gather('Planes', 'one', 'two');
  const three = await chat.login('three');
  await three.does('/join Planes', texts.roomIsFull('Planes', 2));
  await one?.does('/leave', texts.leftRoom('Planes'));
  await three.does('/join Planes', texts.joined('three', 'Planes'));
  expect(three.unread).toBe('');
});

test('of many who join at once, a room takes as many as it may', async () => {
  const chat = await Chat.start({ limits: { roomMembersMax: 3 } });
  const people = [];
  for (let at = 0; at < 10; at++) people.push(await chat.login(`p${at}`));
  await people[0]?.does('/create Planes', texts.roomCreated('Planes'));
  for (const person of people) person.types('/join Planes', '/xyzzy');
  const answers = await Promise.all(
    people.map((person) => person.peer.transcript.until(texts.unknownCommand)),
  );
  const refused = answers.filter((lines) => lines.includes(texts.roomIsFull('Planes', 3)));
  expect(refused).toHaveLength(7);
  expect(chat.services.directory.countInRoom('Planes')).toBe(3);
});

test('one room more than there may be is refused', async () => {
  const chat = await Chat.start({ limits: { roomsMax: 1 } });
  const [one] = await chat.gather('Planes', 'one');
  await one?.does('/create Boats', texts.tooManyRooms(1));
  expect(one?.unread).toBe('');
});

test('a room’s actor ends when nobody is in it, and the room does not', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  one?.types('hi');
  await one?.does('/leave', texts.leftRoom('Planes'));
  await one?.does('/rooms', texts.rooms(['Planes']));
  await one?.does('/join Planes', texts.joined('one', 'Planes'));
  await one?.does(
    '/history',
    texts.history('Planes', 1),
    texts.historyLine(chat.clock.now(), '[one]: hi'),
  );
  expect(chat.crashes).toEqual([]);
});

test('someone who is cut off leaves their room', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  two?.peer.hangsUp('timeout');
  await one?.sees(texts.left('two', 'Planes'));
  await one?.does('/who', texts.roomMembers('Planes', ['one']));
  expect(one?.unread).toBe('');
});

test('a reader who is slow gets the rest when they read again, and the others do not wait', async () => {
  const chat = await Chat.start();
  const [one, two, slow] = await chat.gather('Planes', 'one', 'two', 'slow');
  slow?.peer.takeOnly(1);
  for (let line = 1; line <= 50; line++) {
    one?.types(`${line}`);
    await two?.sees(`[one]: ${line}`);
  }
  expect(slow?.unread).toBe('[one]: 1\r\n');
  slow?.peer.drain();
  await slow?.sees(...Array.from({ length: 50 }, (_, at) => `[one]: ${at + 1}`));
  one?.types('next');
  await slow?.sees('[one]: next');
});

test('a reader who is very slow is told how many lines they missed', async () => {
  const chat = await Chat.start({ limits: { ringLinesMax: 10 } });
  const [one, two, slow] = await chat.gather('Planes', 'one', 'two', 'slow');
  slow?.peer.takeOnly(0);
  for (let line = 1; line <= 100; line++) {
    one?.types(`${line}`);
    await two?.sees(`[one]: ${line}`);
  }
  slow?.peer.drain();
  const gap = (await slow?.peer.transcript.line()) ?? '';
  const missed = Number(/missed (\d+) lines/.exec(gap)?.[1]);
  expect(missed).toBeGreaterThanOrEqual(80);
  await slow?.sees(...Array.from({ length: 100 - missed }, (_, at) => `[one]: ${missed + at + 1}`));
});
