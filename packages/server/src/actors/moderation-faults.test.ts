import { texts } from '@chat-server/protocol';
import type { RoomEvent } from '../domain/room-event';
import { channelOf } from '../store/keys';
import { Chat, type Person } from './chat.suite';
import { becomes, sessionOf, twoNodes } from './two-nodes.suite';

const kickLine = texts.moderated('one', texts.kickDeed('two', 'Planes'));
const banLine = texts.moderated('one', texts.banDeed('two', 'Planes'));
const banned = texts.banned('Planes', texts.end(undefined, 0));

test('a kick while the store is away does nothing, and says so', async () => {
  const { here, one, two } = await twoNodes();
  here.store.losesTouch('change');
  await one.does('/kick two', texts.storeAway);
  here.store.recovers();
  here.store.losesTouch('append');
  await one.does('/kick two', texts.storeAway);
  here.store.recovers();
  two.types('still here');
  await one.sees('[two]: still here');
  await one.does('/kick two', kickLine);
  expect(here.crashes).toEqual([]);
});

test('a ban that the log was not told of holds when someone next enters, on whatever node', async () => {
  const { here, there, one, two } = await twoNodes();
  here.store.losesTouch('append');
  await one.does('/ban two', texts.keptUntold('Planes'));
  here.store.recovers();
  await two.sees(texts.bannedYou('one', 'Planes', texts.end(undefined, 0)));
  two.types('still here');
  await one.sees('[two]: still here');
  const three = await there.login('three');
  await three.does('/join Planes', texts.joined('three', 'Planes'));
  await two.peer.transcript.until(banned);
  await three.sees(texts.left('two', 'Planes'));
  await two.does('hello?', texts.notInRoom);
  await two.does('/join Planes', banned);
  expect(here.crashes).toEqual([]);
});

test('a mute that the log was not told of holds on the next entry', async () => {
  const { here, there, one, two } = await twoNodes();
  here.store.losesTouch('append');
  await one.does('/mute two', texts.keptUntold('Planes'));
  here.store.recovers();
  await two.sees(texts.mutedYou('one', 'Planes', texts.end(undefined, 0)));
  const three = await there.login('three');
  await three.does('/join Planes', texts.joined('three', 'Planes'));
  await two.sees(texts.joined('three', 'Planes'));
  await two.does('hello?', texts.muted('Planes', texts.end(undefined, 0)));
  expect(here.crashes).toEqual([]);
});

test('who was let in by what the document said before a ban is put out again at once', async () => {
  const here = await Chat.start();
  const there = await Chat.start({ beside: here });
  const [one] = (await here.gather('Planes', 'one')) as [Person];
  const two = await there.login('two');
  const letGo = there.store.holds('append');
  two.types('/join Planes');
  await there.store.waits();
  await one.does('/ban two', banLine);
  await two.sees(texts.bannedYou('one', 'Planes', texts.end(undefined, 0)));
  letGo();
  await two.peer.transcript.until(banned);
  await one.sees(texts.joined('two', 'Planes'), texts.left('two', 'Planes'));
  await two.does('hello?', texts.notInRoom);
  await one.does('/who', texts.roomMembers('Planes', ['one']));
  expect(here.crashes).toEqual([]);
});

test('who is kicked on their way in is in, or has read that they were put out', async () => {
  const { here, there, one, two } = await twoNodes();
  await two.does('/leave', texts.leftRoom('Planes'));
  await one.sees(texts.left('two', 'Planes'));
  const letGo = there.store.holds('append');
  two.types('/join Planes');
  await there.store.waits();
  await one.does('/kick two', texts.notInYourRoom('two', 'Planes'));
  letGo();
  await two.sees(texts.joined('two', 'Planes'));
  await one.sees(texts.joined('two', 'Planes'));
  expect(here.crashes).toEqual([]);
});

test('who comes in and is kicked in one reading of the log is out, and their join is answered', async () => {
  const { there, one, two } = await twoNodes();
  await two.does('/leave', texts.leftRoom('Planes'));
  await one.sees(texts.left('two', 'Planes'));
  // Both events come in one batch, as they do from a store that was slow.
  const append = there.memory.append.bind(there.memory);
  there.memory.append = (channel, entries, options) => {
    there.memory.append = append;
    const kick: RoomEvent = {
      kind: 'acted',
      atMs: 0,
      by: 'one',
      origin: 'n.1',
      text: texts.kickDeed('two', 'Planes'),
      moderation: { action: 'kick', target: 'two', revision: 0 },
    };
    return append(channel, [...entries, kick], options);
  };
  await two.does('/join Planes', texts.joined('two', 'Planes'), kickLine);
  await two.does('hello?', texts.notInRoom);
  expect(sessionOf(there, 'two').user?.room).toBeUndefined();
  await one.sees(texts.joined('two', 'Planes'), kickLine);
});

test('who is kicked while they leave is out once, and goes on with what they wanted', async () => {
  const { here, there, one, two } = await twoNodes();
  await one.does('/create Boats', texts.roomCreated('Boats'));
  const letGo = there.store.holds('append');
  two.types('/join Boats');
  await there.store.waits();
  await one.does('/kick two', kickLine);
  letGo();
  await two.peer.transcript.until(texts.joined('two', 'Boats'));
  two.types('/who');
  await two.peer.transcript.until(texts.roomMembers('Boats', ['two']));
  expect([here.crashes, there.crashes]).toEqual([[], []]);
});

test('a kick puts out all connections of who is kicked, whatever case their names are in', async () => {
  const { there, one, two } = await twoNodes();
  const other = await there.login('other');
  await other.does('/join Planes', texts.joined('other', 'Planes'));
  for (const person of [one, two]) await person.sees(texts.joined('other', 'Planes'));
  becomes(there, 'other', { name: 'TWO' });
  await one.does('/kick two', kickLine);
  for (const person of [two, other]) {
    await person.peer.transcript.until(kickLine);
    person.types('hello?');
    await person.peer.transcript.until(texts.notInRoom);
  }
  expect(one.unread).toBe('');
});

test('after a crash of the room, bans and mutes hold, and nobody who was put out is back', async () => {
  const { here, there, one, two } = await twoNodes();
  here.clock.advance(1);
  const three = await there.login('three');
  await three.does('/join Planes', texts.joined('three', 'Planes'));
  for (const person of [one, two]) await person.sees(texts.joined('three', 'Planes'));
  await one.does('/mute three', texts.moderated('one', texts.muteDeed('three')));
  await one.does('/ban two', banLine);
  await three.peer.transcript.until(banLine);
  three.types('/crash room');
  await three.peer.transcript.until(texts.roomLineFailed);
  await three.does('hello?', texts.muted('Planes', texts.end(undefined, 0)));
  await two.peer.transcript.until(texts.bannedYou('one', 'Planes', texts.end(undefined, 0)));
  await two.does('/join Planes', banned);
  await one.does('/crash room', texts.roomLineFailed);
  one.types('goes on');
  await three.sees('[one]: goes on');
  await one.does('/who', texts.roomMembers('Planes', ['one', 'three']));
  expect([here.crashes.length, there.crashes.length]).toEqual([1, 1]);
});

test('who was put out while their room’s actor was down is out when it is back', async () => {
  const { here, there, one, two } = await twoNodes();
  const letGo = there.store.holds('tail');
  two.types('/crash room');
  await there.store.waits();
  await one.does('/kick two', kickLine);
  letGo();
  await two.peer.transcript.until(kickLine);
  two.types('hello?');
  await two.peer.transcript.until(texts.notInRoom);
  await one.does('/who', texts.roomMembers('Planes', ['one']));
  expect(here.crashes).toEqual([]);
});

test('who is banned is not put back where they were when their node had to go, and is told why', async () => {
  const { here, there, one, two } = await twoNodes();
  const { origin } = sessionOf(there, 'two');
  await two.does('/quit', texts.bye);
  await one.sees(texts.left('two', 'Planes'));
  here.services.returns.departs('two', 'shutdown', { room: 'Planes', address: 'x', origin });
  await here.services.returns.settled();
  await one.does('/ban two', banLine);
  const again = await here.login('two');
  await again.sees(banned);
  await again.does('hello?', texts.notInRoom);
  expect(one.unread).toBe('');
});

test('a ban of a guest holds for other guests from their network, and not for registered users', async () => {
  const here = await Chat.start();
  const [one] = (await here.gather('Planes', 'one')) as [Person];
  const guest = await comes(here, 'two', '192.0.2.7');
  await guest.does('/join Planes', texts.joined('two', 'Planes'));
  await one.sees(texts.joined('two', 'Planes'));
  await one.does('/ban two', banLine);
  await guest.sees(banLine, texts.bannedYou('one', 'Planes', texts.end(undefined, 0)));
  await guest.does('/quit', texts.bye);
  const again = await comes(here, 'two2', '192.0.2.7');
  await again.does('/create Boats', texts.roomCreated('Boats'));
  await again.does('/join Boats', texts.joined('two2', 'Boats'));
  await again.does('/join Planes', banned);
  await again.does('/who', texts.roomMembers('Boats', ['two2']));
  const neighbour = await comes(here, 'three', '192.0.2.8');
  await neighbour.does('/join Planes', texts.joined('three', 'Planes'));
  becomes(here, 'two2', { isRegistered: true });
  await again.does('/join Planes', texts.joined('two2', 'Planes'));
  await one.peer.transcript.until(texts.joined('two2', 'Planes'));
  one.types('/bans');
  const read = await one.peer.transcript.until(
    texts.banLine('two', 'one', texts.end(undefined, 0)),
  );
  expect(read.join()).not.toContain('192.0.2');
});

async function comes(chat: Chat, name: string, address: string): Promise<Person> {
  const person = chat.connects(name, address);
  await person.reads('Login:');
  await person.does(name, texts.welcome(name), texts.helpHint);
  return person;
}

test('an event of a kind that this version knows nothing of is passed over', async () => {
  const { here, one, two } = await twoNodes();
  const unknown = { kind: 'polled', atMs: 0, by: 'one', origin: 'x', text: '?' };
  await here.memory.append(channelOf('planes'), [unknown]);
  two.types('hi');
  await one.sees('[two]: hi');
  await one.does(
    '/history',
    texts.history('Planes', 1),
    texts.historyLine(here.clock.now(), '[two]: hi'),
  );
  expect([one.unread, two.unread, here.crashes]).toEqual(['', '', []]);
});
