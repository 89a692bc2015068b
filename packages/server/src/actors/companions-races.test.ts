import { texts } from '@chat-server/protocol';
import { again, asked, password, registers } from './account.suite';
import { Chat, type Person } from './chat.suite';

/** A person with a connection on each of two nodes, in a room with somebody who watches. */
async function companions() {
  const here = await Chat.start();
  const there = await Chat.start({ beside: here });
  const watcher = await here.login('two');
  for (const room of ['Planes', 'Trains', 'Ships']) {
    await watcher.does(`/create ${room}`, texts.roomCreated(room));
  }
  await watcher.does('/join Planes', texts.joined('two', 'Planes'));
  const one = await registers(here, 'one');
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  await watcher.sees(texts.joined('one', 'Planes'));
  const other = await again(there, 'one');
  await other.sees(texts.joinedElsewhere('Planes'));
  return { here, there, watcher, one, other };
}

/** Lets all that is under way come to its end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The rooms in which connections of somebody are, as a node knows it; undefined: in none. */
function roomsOf({ services }: Chat, name: string): (string | undefined)[] {
  return services.directory.allOf(name).map(({ room }) => room);
}

function linesOf({ peer }: Person): string[] {
  return peer.transcript.all.split('\r\n');
}

function count(person: Person, line: string): number {
  return linesOf(person).filter((each) => each === line).length;
}

/** Lets more than a lease pass, beat by beat. */
async function outliveLease(chat: Chat): Promise<void> {
  for (let beat = 0; beat < 8; beat++) {
    chat.clock.advance(2_000);
    await settle();
  }
}

test.each([['at one moment', 0] as const, ['one after the other', 1] as const])(
  'connections that enter different rooms %s end in the same one',
  async (_when, turns) => {
    const { here, there, watcher, one, other } = await companions();
    one.types('/join Trains');
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    other.types('/join Ships');
    await settle();
    for (const chat of [here, there]) {
      const rooms = roomsOf(chat, 'one');
      expect(rooms).toHaveLength(2);
      expect(new Set(rooms).size).toBe(1);
      expect(['Trains', 'Ships']).toContain(rooms[0]);
    }
    expect(count(watcher, texts.left('one', 'Planes'))).toBe(1);
  },
);

test('one that leaves while another enters a room ends where that one is', async () => {
  const { here, there, one, other } = await companions();
  one.types('/join Trains');
  other.types('/leave');
  await settle();
  const [rooms, others] = [here, there].map((chat) => roomsOf(chat, 'one'));
  expect(new Set(rooms).size).toBe(1);
  expect(others).toEqual(rooms);
});

test('one that logs in while the others are moving ends where they do', async () => {
  const { here, there, one, other } = await companions();
  const third = await asked(there, 'one');
  third.types(password);
  one.types('/join Trains');
  await settle();
  other.types('/join Ships');
  await settle();
  expect(roomsOf(here, 'one')).toEqual(['Ships', 'Ships', 'Ships']);
  expect(roomsOf(there, 'one')).toEqual(['Ships', 'Ships', 'Ships']);
  expect(linesOf(third).findLast((line) => line !== '')).toBe(texts.joinedElsewhere('Ships'));
});

test('two that log in at once, on two nodes, are both let in, and follow each other', async () => {
  const here = await Chat.start();
  const there = await Chat.start({ beside: here });
  const owner = await registers(here, 'one');
  await owner.does('/create Planes', texts.roomCreated('Planes'));
  await owner.does('/quit', texts.bye);
  const [first, second] = [await asked(here, 'one'), await asked(there, 'one')];
  for (const each of [first, second]) each.types(password);
  for (const each of [first, second]) await each.sees(texts.welcome('one'), texts.helpHint);
  await second.does('/join Planes', texts.joined('one', 'Planes'));
  await first.sees(texts.joinedElsewhere('Planes'));
  expect(roomsOf(here, 'one')).toEqual(['Planes', 'Planes']);
});

test('when the last two end at once, they have left once, and the name is free', async () => {
  const { here, there, watcher, one, other } = await companions();
  for (const each of [one, other]) each.types('/quit');
  await settle();
  expect(count(watcher, texts.left('one', 'Planes'))).toBe(1);
  await watcher.does('/who', texts.left('one', 'Planes'), texts.roomMembers('Planes', ['two']));
  expect([here, there].map((chat) => roomsOf(chat, 'one'))).toEqual([[], []]);
});

test('a node that is not heard of takes its connection with it, and not the person', async () => {
  const { here, there, watcher, one } = await companions();
  watcher.types('/w one psst');
  await one.sees('<<two>>: psst');
  there.store.losesTouch('beat');
  await outliveLease(here);
  expect(roomsOf(here, 'one')).toEqual(['Planes']);
  one.types('still here');
  await watcher.sees('[one]: still here');
  await one.does('/leave', texts.leftRoom('Planes'));
  await watcher.sees(texts.left('one', 'Planes'));
  expect([one.unread, watcher.unread]).toEqual(['', '']);
});

test('a node that is not heard of and had all of their connections takes the person with it, once', async () => {
  const { here, there, watcher, one } = await companions();
  await again(there, 'one');
  await one.does('/quit', texts.bye);
  there.store.losesTouch('beat');
  await outliveLease(here);
  await watcher.sees(texts.left('one', 'Planes'));
  await watcher.does('/users', texts.onlineUsers(['two']));
  expect(watcher.unread).toBe('');
});

test('a room that crashed shows who comes and goes as it did before', async () => {
  const { watcher, one, other } = await companions();
  await watcher.does('/crash room', texts.roomLineFailed);
  await one.does('/leave', texts.leftRoom('Planes'));
  await other.sees(texts.leftElsewhere('Planes'));
  await watcher.sees(texts.left('one', 'Planes'));
  await other.does('/join Planes', texts.joined('one', 'Planes'));
  await one.sees(texts.joinedElsewhere('Planes'));
  await watcher.sees(texts.joined('one', 'Planes'));
  expect([one.unread, other.unread, watcher.unread]).toEqual(['', '', '']);
});

test.each(['connection', 'registry', 'store', 'listener'])(
  'a crash of the %s parts nobody',
  async (part) => {
    const { here, watcher, one, other } = await companions();
    one.types(`/crash ${part}`);
    await settle();
    await watcher.does('/who', texts.roomMembers('Planes', ['two', 'one']));
    other.types('/join Trains');
    await settle();
    expect(roomsOf(here, 'one')).toEqual(['Trains', 'Trains']);
    expect(linesOf(one)).toContain(texts.joinedElsewhere('Trains'));
    await watcher.sees(texts.left('one', 'Planes'));
  },
);

test('one that could not follow since the store was away follows when it is back', async () => {
  const { here, there, watcher, one, other } = await companions();
  there.store.losesTouch('append');
  await one.does('/join Trains', texts.joined('one', 'Trains'));
  await other.sees(texts.notFollowed('Trains'));
  expect(watcher.unread).toBe('');
  there.store.recovers();
  here.clock.advance(1_000);
  await watcher.sees(texts.left('one', 'Planes'));
  there.store.says(false);
  there.store.says(true);
  await other.sees(texts.storeLost, texts.storeBack, texts.joinedElsewhere('Trains'));
  expect(roomsOf(here, 'one')).toEqual(['Trains', 'Trains']);
  expect([one.unread, other.unread]).toEqual(['', '']);
});

test('who is refused while the store is away is let in beside the others when it is back', async () => {
  const { there, watcher } = await companions();
  const third = await asked(there, 'one');
  there.store.losesTouch('claim');
  await third.does(password, texts.storeAway);
  await third.reads(texts.loginPrompt);
  there.store.recovers();
  await third.does('one', texts.nameRegistered('one'));
  await third.reads(texts.passwordPrompt);
  await third.does(password, texts.welcome('one'), texts.helpHint);
  await third.sees(texts.joinedElsewhere('Planes'));
  expect(watcher.unread).toBe('');
});

test('what a node of another version writes in a letter is passed over', async () => {
  const { here, one, watcher } = await companions();
  const inbox = `inbox:${here.services.identity.process}`;
  const [presence] = here.services.directory.allOf('one');
  await here.memory.append(inbox, [{ kind: 'replaced', to: presence?.origin }, { kind: 'news' }]);
  await settle();
  one.types('still here');
  await watcher.sees('[one]: still here');
  expect(here.crashes).toEqual([]);
});
