import { texts } from '@chat-server/protocol';
import { Chat, type Person } from './chat.suite';
import {
  createsPrivate,
  handled,
  invites,
  keep,
  kept,
  leaves,
  minutesPass,
  password,
  registers,
} from './guests.suite';

const elsewhere = '198.51.100.7';

test('a guest’s room passes to a registered member, and all in it are told', async () => {
  const chat = await Chat.start();
  const [one, two, three] = await chat.gather('Planes', 'one', 'two', 'three');
  await registers(three);
  await leaves(one);
  for (const member of [two, three]) {
    await member?.sees(texts.left('one', 'Planes'), texts.roomInherited('one', 'three'));
  }
  await leaves(three);
  await two?.sees(texts.left('three', 'Planes'));
  const again = await chat.login('one');
  await again.does('/destroy Planes', texts.notOwner('Planes', 'three'));
  await two?.does('/destroy Planes', texts.notOwner('Planes', 'three'));
  expect(two?.unread).toBe('');
});

test('without a registered member it passes to who is there longest, and from them to the next', async () => {
  const chat = await Chat.start();
  const members: Person[] = await chat.gather('Planes', 'one');
  for (const name of ['two', 'three']) {
    chat.clock.advance(10);
    const person = await chat.login(name);
    person.types('/join Planes');
    members.push(person);
    for (const member of members) await member.sees(texts.joined(name, 'Planes'));
  }
  const [one, two, three] = members;
  // Who came back is not there longest.
  await one?.does('/leave', texts.leftRoom('Planes'));
  for (const member of [two, three]) await member?.sees(texts.left('one', 'Planes'));
  await leaves(one);
  for (const member of [two, three]) await member?.sees(texts.roomInherited('one', 'two'));
  await leaves(two);
  await three?.sees(texts.left('two', 'Planes'), texts.roomInherited('two', 'three'));
  await three?.does('/destroy Planes', texts.roomBeingDestroyed, texts.roomDestroyed('Planes'));
  expect(three?.unread).toBe('');
});

test('a private room with nobody in it is gone with its guest owner, and what was said in it too', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  await createsPrivate(one, 'Secret');
  await one.does('/join Secret', texts.joined('one', 'Secret'));
  one.types('hush');
  await leaves(one);
  await handled();
  const two = await chat.login('two');
  await two.does('/create Secret', texts.roomCreated('Secret'));
  await two.does('/join Secret', texts.joined('two', 'Secret'));
  await two.does('/history', texts.noHistory('Secret'));
  expect(two.unread).toBe('');
});

test('a public room with nobody in it is nobody’s, and then the one’s who enters next', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  await leaves(one);
  await handled();
  const two = await chat.login('two');
  await two.does('/destroy Planes', texts.notOwner('Planes', ''));
  await two.does('/join Planes', texts.joined('two', 'Planes'), texts.roomInherited('', 'two'));
  const again = await chat.login('one');
  await again.does('/destroy Planes', texts.notOwner('Planes', 'two'));
  await two.does('/destroy Planes', texts.roomBeingDestroyed, texts.roomDestroyed('Planes'));
  expect(two.unread).toBe('');
});

test('who takes the name of a guest who owned or was invited sees, enters and owns nothing by it', async () => {
  const chat = await Chat.start();
  const [one, two, three] = [
    await chat.login('one'),
    await chat.login('two'),
    await chat.login('three'),
  ];
  await createsPrivate(one, 'Secret');
  for (const guest of [two, three]) await invites(one, guest, 'Secret');
  await three.does('/join Secret', texts.joined('three', 'Secret'));
  for (const person of [one, two]) await leaves(person);
  await three.sees(texts.roomInherited('one', 'three'));
  for (const name of ['one', 'two']) {
    const namesake = await chat.login(name);
    await namesake.does('/rooms', texts.noRooms);
    for (const command of ['/join', '/destroy', `/invite ${name}`]) {
      await namesake.does(`${command} Secret`, texts.roomIsPrivate('Secret'));
    }
    // Nor by making the name theirs.
    await registers(namesake);
    await namesake.does('/join Secret', texts.roomIsPrivate('Secret'));
  }
  expect(await kept(chat, 'Secret')).toMatchObject({ owner: 'three', invited: [] });
});

test('who becomes someone else leaves what they had as a guest', async () => {
  const chat = await Chat.start();
  const other = await chat.login('other');
  await registers(other);
  await leaves(other);
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.types(`/login other ${password}`);
  await two?.sees(texts.left('one', 'Planes'), texts.roomInherited('one', 'two'));
  await one?.sees(texts.welcome('other'), texts.helpHint);
  await one?.does('/destroy Planes', texts.notOwner('Planes', 'two'));
  expect([one?.unread, two?.unread]).toEqual(['', '']);
});

test('a connection that is given up has its rooms pass on, too', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.types(...Array.from({ length: 11 }, () => '/crash connection'));
  await one?.untilClosed();
  await two?.sees(texts.left('one', 'Planes'), texts.roomInherited('one', 'two'));
  expect(two?.unread).toBe('');
});

test('what a guest has is the account’s when they register, and theirs while they are here when they give it up', async () => {
  const chat = await Chat.start();
  const there = await Chat.start({ beside: chat });
  const one = await chat.login('one');
  const two = await there.login('two');
  await createsPrivate(one, 'Secret');
  await registers(one);
  await two.does('/whois one', texts.whois('one', 0, undefined, undefined, true));
  await leaves(one);
  await minutesPass(chat, 5);
  const back = chat.connects('one', elsewhere);
  await back.reads(texts.loginPrompt);
  await back.does('one', texts.nameRegistered('one'));
  await back.reads(texts.passwordPrompt);
  await back.does(password, texts.welcome('one'), texts.helpHint);
  await back.does('/rooms', texts.rooms(['Secret']));
  await back.does(`/unregister ${password}`, texts.unregistered('one'));
  await two.does('/whois one', texts.whois('one', 0, undefined, undefined, false));
  await minutesPass(chat, 5);
  await back.does('/rooms', texts.rooms(['Secret']));
  await leaves(back);
  await handled();
  expect(await kept(chat, 'Secret')).toBeUndefined();
});

test('a name that cannot be given up keeps its rooms, and one that is registered gets them at the second try', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  await createsPrivate(one, 'Secret');
  const release = chat.store.holds('change');
  one.types(`/register ${password}`);
  await chat.store.waits();
  chat.store.losesTouch('list');
  release();
  await one.sees(texts.registered('one'), texts.roomsNotMoved('one'));
  chat.store.recovers();
  expect(await kept(chat, 'Secret')).toMatchObject({ ownerOrigin: expect.any(String) });
  await one.does(`/register ${password}`, texts.registeredAlready('one'));
  expect(await kept(chat, 'Secret')).not.toHaveProperty('ownerOrigin');
  chat.store.losesTouch('change');
  await one.does(`/unregister ${password}`, texts.storeAway);
  chat.store.recovers();
  expect(await kept(chat, 'Secret')).not.toHaveProperty('ownerOrigin');
  await one.does('/rooms', texts.rooms(['Secret']));
});

test('where nobody registers, guests’ rooms pass on all the same; where all must, to no guest', async () => {
  const closed = await Chat.start({ registration: 'closed' });
  const [one, two] = await closed.gather('Planes', 'one', 'two');
  await one?.does(
    '/create_private Secret',
    texts.roomCreated('Secret'),
    texts.guestsRoom('Secret', false),
  );
  await leaves(one);
  await two?.sees(texts.left('one', 'Planes'), texts.roomInherited('one', 'two'));
  const required = await Chat.start({ registration: 'required' });
  await keep(required, { name: 'Planes' });
  const guest = await required.login('guest');
  await guest.does('/join Planes', texts.joined('guest', 'Planes'));
  await minutesPass(required, 2);
  expect(await kept(required, 'Planes')).toMatchObject({ owner: '' });
  await registers(guest);
  await minutesPass(required, 1);
  await guest.sees(texts.roomInherited('', 'guest'));
});
