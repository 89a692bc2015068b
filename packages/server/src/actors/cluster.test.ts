import { texts } from '@chat-server/protocol';
import { Chat } from './chat.suite';

/** Two nodes on one store. */
async function twoNodes(): Promise<readonly [Chat, Chat]> {
  const here = await Chat.start();
  return [here, await Chat.start({ beside: here })];
}

/** Lets more than a lease pass, beat by beat. */
async function outliveLease(chat: Chat, beats = 8): Promise<void> {
  for (let beat = 0; beat < beats; beat++) {
    chat.clock.advance(2_000);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

test('people on two nodes see each other online, in a room, and alone', async () => {
  const [here, there] = await twoNodes();
  const one = await here.login('one');
  const two = await there.login('two');
  for (const person of [one, two]) await person.does('/users', texts.onlineUsers(['one', 'two']));
  await one.does('/create Planes', texts.roomCreated('Planes'));
  await two.does('/rooms', texts.rooms(['Planes']));
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  await two.does('/join planes', texts.joined('two', 'Planes'));
  await one.sees(texts.joined('two', 'Planes'));
  for (const person of [one, two]) {
    await person.does('/who', texts.roomMembers('Planes', ['one', 'two']));
  }
  two.types('hi');
  await one.sees('[two]: hi');
  one.types('/whisper two psst');
  await two.sees('<<one>>: psst');
  two.types('/reply what?');
  await one.sees('<<two>>: what?');
  await two.does('/leave', texts.leftRoom('Planes'));
  await one.sees(texts.left('two', 'Planes'));
  await one.does('/who', texts.roomMembers('Planes', ['one']));
  expect([one.unread, two.unread]).toEqual(['', '']);
});

test('a name belongs to one connection on all nodes, and is free on all when it is over', async () => {
  const [here, there] = await twoNodes();
  const one = await here.login('one');
  const other = there.connects('other');
  await other.reads('Login:');
  await other.does('ONE', texts.nameInUse('ONE'));
  await other.reads('Login:');
  await one.does('/quit', texts.bye);
  await other.does('ONE', texts.welcome('ONE'), texts.helpHint);
  const third = await here.login('third');
  await third.does('/users', texts.onlineUsers(['ONE', 'third']));
  expect([one.unread, other.unread]).toEqual(['', '']);
});

test('an invitation and what someone is away for cross nodes', async () => {
  const [here, there] = await twoNodes();
  const one = await here.login('one');
  const two = await there.login('two');
  await one.does(
    '/create_private Secret',
    texts.roomCreated('Secret'),
    texts.guestsRoom('Secret', true),
  );
  await one.does('/invite two Secret', texts.invited('two', 'Secret'));
  await two.sees(texts.invitation('one', 'Secret'));
  await two.does('/join Secret', texts.joined('two', 'Secret'));
  await two.does('/away tea', texts.youAreAway('tea'));
  await one.does('/whisper two hello', texts.isAway('two', 'tea'));
  await two.sees('<<one>>: hello');
  await one.does('/whois two', texts.whois('two', 0, 'Secret', 'tea', false));
  expect([one.unread, two.unread]).toEqual(['', '']);
});

test('whoever whispers to another node is told when the other one does not read', async () => {
  const [here, there] = await twoNodes();
  const one = await here.login('one');
  const two = await there.login('two');
  two.peer.takeOnly(0);
  await one.does('/whisper two psst', texts.notKeepingUp('two'));
  expect([one.unread, two.unread]).toEqual(['', '']);
});

test('a room that is destroyed on one node is no more on the other', async () => {
  const [here, there] = await twoNodes();
  const [one] = await here.gather('Planes', 'one');
  const two = await there.login('two');
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  await one?.sees(texts.joined('two', 'Planes'));
  await one?.does('/destroy Planes', texts.roomBeingDestroyed, texts.roomDestroyed('Planes'));
  await two.sees(texts.roomBeingDestroyed);
  await two.does('hello?', texts.notInRoom);
  expect([one?.unread, two.unread]).toEqual(['', '']);
});

test('whoever whispered to a node shortly before it was gone is told that it may be lost', async () => {
  const [here, there] = await twoNodes();
  const one = await here.login('one');
  await there.login('two');
  there.store.losesTouch('beat');
  await outliveLease(here, 4);
  one.types('/whisper two are you there?');
  await outliveLease(here, 4);
  await one.sees(texts.whisperLost('two'));
  await one.does('/whisper two hello?', texts.notOnline('two'));
  expect(one.unread).toBe('');
});

test('those on a node that is not heard of have left, once, and their names are free', async () => {
  const [here, there] = await twoNodes();
  const third = await Chat.start({ beside: here });
  const one = await here.login('one');
  await one.does('/create Planes', texts.roomCreated('Planes'));
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  const two = await there.login('two');
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  await one.sees(texts.joined('two', 'Planes'));
  const three = await third.login('three');
  await three.does('/join Planes', texts.joined('three', 'Planes'));
  for (const other of [one, two]) await other.sees(texts.joined('three', 'Planes'));
  there.store.losesTouch('beat');
  await outliveLease(here);
  for (const other of [one, three]) await other.sees(texts.left('two', 'Planes'));
  for (const other of [one, three]) {
    await other.does('/who', texts.roomMembers('Planes', ['one', 'three']));
  }
  expect((await here.login('two')).unread).toBe('');
  expect([one.unread, three.unread]).toEqual(['', '']);
});

test('a node that was taken for dead asks its people to log in again, and nothing they say is heard', async () => {
  const [here, there] = await twoNodes();
  const [one] = await here.gather('Planes', 'one');
  const two = await there.login('two');
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  await one?.sees(texts.joined('two', 'Planes'));
  there.store.losesTouch('beat');
  two.types('said in the meantime?');
  await one?.sees('[two]: said in the meantime?');
  await outliveLease(here);
  await one?.sees(texts.left('two', 'Planes'));
  await two.sees(texts.nodeLapsed);
  await two.reads('Login:');
  there.store.recovers();
  // Whoever has the name of someone who was cut off is put back where that one was.
  const namesake = await here.login('two');
  for (const person of [one, namesake]) await person?.sees(texts.joined('two', 'Planes'));
  await namesake.sees(texts.missedMeanwhile('Planes', 1, 1), '[two]: said in the meantime?');
  await two.does('two', texts.nameInUse('two'));
  await two.reads('Login:');
  await two.does('in the middle of a line', texts.invalidUsername);
  await two.reads('Login:');
  await two.does('two2', texts.welcome('two2'), texts.helpHint);
  await two.does('hello?', texts.notInRoom);
  await two.does('/join Planes', texts.joined('two2', 'Planes'));
  two.types('me again');
  for (const person of [one, namesake]) {
    await person?.sees(texts.joined('two2', 'Planes'), '[two2]: me again');
  }
  for (const person of [one, namesake, two]) {
    await person?.does('/users', texts.onlineUsers(['one', 'two', 'two2']));
  }
  expect(there.crashes).toHaveLength(0);
});

test('when the store is away people are told once, and once when it is back', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const unnamed = chat.connects('unnamed');
  await unnamed.reads('Login:');
  for (let times = 0; times < 2; times++) chat.store.says(false);
  await one.sees(texts.storeLost);
  for (let times = 0; times < 2; times++) chat.store.says(true);
  await one.sees(texts.storeBack);
  await one.does('/users', texts.onlineUsers(['one']));
  expect([one.unread, unnamed.unread]).toEqual(['', '']);
});

test('crashes of the registry, the post and the store leave people on other nodes listed and heard', async () => {
  const [here, there] = await twoNodes();
  const [one] = await here.gather('Planes', 'one');
  here.clock.advance(1);
  const two = await there.login('two');
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  await one?.sees(texts.joined('two', 'Planes'));
  for (const part of ['registry', 'store', 'listener', 'room']) {
    await one?.does(`/crash ${part}`, ...crashLines(part));
    two.types(`after the ${part}`, '/whisper one and alone');
    await one?.sees(`[two]: after the ${part}`, '<<two>>: and alone');
    one?.types('/whisper two here');
    await two.sees('<<one>>: here');
    await one?.does('/who', texts.roomMembers('Planes', ['one', 'two']));
    await one?.does('/users', texts.onlineUsers(['one', 'two']));
  }
  expect([one?.unread, two.unread]).toEqual(['', '']);
});

function crashLines(part: string): string[] {
  return part === 'room' ? [texts.roomLineFailed] : [texts.faultInjected(part)];
}
