import { setImmediate } from 'node:timers/promises';
import { texts } from '@chat-server/protocol';
import { Chat, type Person } from './chat.suite';
import { acceptorOf } from './names';

const elsewhere = '198.51.100.7';
const secret = [texts.roomCreated('Secret'), texts.guestsRoom('Secret', true)] as const;

/** Lets time pass, beat by beat. */
async function passes(chat: Chat, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 2) {
    chat.clock.advance(2_000);
    for (let turns = 0; turns < 5; turns++) await setImmediate();
  }
}

/** A node that is killed: it is heard of no more, and hears of nothing. */
async function dies(chat: Chat, other: Chat): Promise<void> {
  chat.store.losesTouch('beat', 'claim', 'list', 'change', 'append', 'read');
  await passes(other, 16);
}

/** The node ends in order, as a server does. */
async function ends(chat: Chat): Promise<void> {
  chat.services.returns.expectAll();
  chat.system.whereIs(acceptorOf('fake'))?.notify({ type: 'farewell' });
  await chat.services.sessions.emptied();
  await chat.services.returns.settled();
  await chat.store.retire(chat.services.identity.current);
  await chat.system.stop();
}

async function logsIn(chat: Chat, name: string, address?: string): Promise<Person> {
  const person = chat.connects(name, address);
  await person.reads(texts.loginPrompt);
  await person.does(name, texts.welcome(name), texts.helpHint);
  return person;
}

/** Two nodes, with a guest on the first who owns a private room and a public one, and is in neither. */
async function twoNodes() {
  const old = await Chat.start();
  const next = await Chat.start({ beside: old });
  const one = await old.login('one');
  await one.does('/create_private Secret', ...secret);
  await one.does('/create Planes', texts.roomCreated('Planes'));
  const two = await next.login('two');
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  return { old, next, one, two };
}

test.each([
  ['is drained', ends],
  ['is killed', dies],
])('when a node %s, its guests have their rooms when they come back', async (_how, stops) => {
  const { old, next, two } = await twoNodes();
  await stops(old, next);
  const one = await logsIn(next, 'one');
  await one.does('/rooms', texts.rooms(['Planes', 'Secret']));
  await passes(next, 300);
  await one.does('/destroy Secret', texts.roomDestroyed('Secret'));
  await one.does('/destroy Planes', texts.roomDestroyed('Planes'));
  await two.sees(texts.roomBeingDestroyed);
  expect([one.unread, two.unread]).toEqual(['', '']);
});

test.each([
  ['is drained', ends],
  ['is killed', dies],
])(
  'when a node %s, who takes the name of its guests from elsewhere has nothing of theirs, and it passes on',
  async (_how, stops) => {
    const { old, next, two } = await twoNodes();
    await stops(old, next);
    const stranger = await logsIn(next, 'one', elsewhere);
    await stranger.does('/rooms', texts.rooms(['Planes']));
    await stranger.does('/join Secret', texts.roomIsPrivate('Secret'));
    await stranger.does('/destroy Planes', texts.notOwner('Planes', 'one'));
    await passes(next, 60);
    expect(two.unread).toBe('');
    await passes(next, 200);
    await two.sees(texts.roomInherited('one', 'two'));
    await stranger.does('/join Secret', texts.noSuchRoom('Secret'));
    expect([stranger.unread, two.unread]).toEqual(['', '']);
  },
);

test('of many nodes that see a guest gone, one has the room pass on, and members are told once', async () => {
  const { old, next, two } = await twoNodes();
  const third = await Chat.start({ beside: old });
  await dies(old, next);
  await passes(third, 240);
  await two.sees(texts.roomInherited('one', 'two'));
  await passes(third, 120);
  await two.does('/destroy Planes', texts.roomBeingDestroyed, texts.roomDestroyed('Planes'));
  expect(two.unread).toBe('');
});

test('a guest’s room passes to a registered member on another node', async () => {
  const { next, one, two } = await twoNodes();
  const three = await next.login('three');
  await three.does('/register correct horse', texts.registered('three'));
  await three.does('/join Planes', texts.joined('three', 'Planes'));
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  one.types('/quit');
  await one.untilClosed();
  await three.sees(
    texts.joined('one', 'Planes'),
    texts.left('one', 'Planes'),
    texts.roomInherited('one', 'three'),
  );
  await two.sees(
    texts.joined('three', 'Planes'),
    texts.joined('one', 'Planes'),
    texts.left('one', 'Planes'),
    texts.roomInherited('one', 'three'),
  );
  await two.does('/destroy Planes', texts.notOwner('Planes', 'three'));
  await three.does('/destroy Planes', texts.roomBeingDestroyed, texts.roomDestroyed('Planes'));
  expect(three.unread).toBe('');
});

test('who is invited as a guest is still, when they come back from a node that ended', async () => {
  const { old, next, two } = await twoNodes();
  const three = await old.login('three');
  await two.does('/create_private Club', texts.roomCreated('Club'), texts.guestsRoom('Club', true));
  await two.does('/invite three Club', texts.invited('three', 'Club'));
  await three.sees(texts.invitation('two', 'Club'));
  await ends(old);
  const stranger = await logsIn(next, 'one', elsewhere);
  await stranger.does('/join Club', texts.roomIsPrivate('Club'));
  const back = await logsIn(next, 'three');
  await back.does('/join Club', texts.joined('three', 'Club'));
  expect([stranger.unread, back.unread]).toEqual(['', '']);
});

test('who logs in again on a node that was taken for dead has what they had', async () => {
  const { old, next, one } = await twoNodes();
  old.store.losesTouch('beat');
  await passes(next, 16);
  await one.sees(texts.nodeLapsed);
  await one.reads(texts.loginPrompt);
  old.store.recovers();
  await one.does('one', texts.welcome('one'), texts.helpHint);
  await one.does('/rooms', texts.rooms(['Planes', 'Secret']));
  await passes(next, 300);
  await one.does('/destroy Secret', texts.roomDestroyed('Secret'));
  expect(old.crashes).toEqual([]);
});
