import { texts } from '@chat-server/protocol';
import { injectFault } from '@chat-server/supervision';
import { Chat } from './chat.suite';
import { handled, keep, kept, leaves, minutesPass, registers } from './guests.suite';
import { successionName } from './names';

test('while the store is away, nothing passes on, and at the first sweep after that it does', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  chat.store.losesTouch('list');
  await leaves(one);
  await two?.sees(texts.left('one', 'Planes'));
  await minutesPass(chat, 5);
  expect(two?.unread).toBe('');
  chat.store.recovers();
  await minutesPass(chat, 1);
  chat.store.losesTouch('change');
  await minutesPass(chat, 2);
  chat.store.recovers();
  await minutesPass(chat, 1);
  await two?.sees(texts.roomInherited('one', 'two'));
  await minutesPass(chat, 5);
  expect(two?.unread).toBe('');
});

test('a bug in it costs nobody anything but time', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  const release = chat.store.holds('list');
  await leaves(one);
  await chat.store.waits();
  const succession = chat.system.whereIs(successionName);
  if (succession === undefined) throw new Error('no succession');
  injectFault(succession, new Error('bug'));
  await handled();
  release();
  await two?.sees(texts.left('one', 'Planes'));
  await minutesPass(chat, 4);
  await two?.sees(texts.roomInherited('one', 'two'));
  expect(chat.crashes).toEqual(['chat/successions/succession']);
  expect(two?.unread).toBe('');
});

test('where it fails again and again it is given up, and people talk on', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  for (let times = 0; times < 40; times++) {
    const succession = chat.system.whereIs(successionName);
    if (succession !== undefined) injectFault(succession, new Error('bug'));
    await handled();
  }
  expect(chat.system.whereIs(successionName)).toBeUndefined();
  await one?.does('/quit', texts.bye);
  two?.types('hi');
  await two?.sees(texts.left('one', 'Planes'));
  const namesake = await chat.login('one');
  await namesake.does('/destroy Planes', texts.notOwner('Planes', 'one'));
  expect(new Set(chat.crashes)).toEqual(new Set(['chat/successions/succession']));
});

describe('what nobody said anything of, as after a restart of all nodes', () => {
  test('rooms of guests who do not come within two minutes pass on', async () => {
    const chat = await Chat.start();
    const gone = { owner: 'one', ownerOrigin: 'gone-1.7' };
    await keep(chat, { name: 'Planes', ...gone });
    await keep(chat, { name: 'Empty', ...gone });
    await keep(chat, { name: 'Secret', ...gone, isPrivate: true });
    const guests = [{ key: 'two', origin: 'gone-1.8' }];
    await keep(chat, { name: 'Club', isPrivate: true, owner: 'three', guests });
    const three = await chat.login('three');
    await registers(three);
    await three.does('/join Planes', texts.joined('three', 'Planes'));
    await minutesPass(chat, 1);
    expect(await kept(chat, 'Secret')).toMatchObject(gone);
    await minutesPass(chat, 2);
    await three.sees(texts.roomInherited('one', 'three'));
    expect(await kept(chat, 'Planes')).toMatchObject({ owner: 'three' });
    expect(await kept(chat, 'Empty')).toMatchObject({ owner: '' });
    expect(await kept(chat, 'Secret')).toBeUndefined();
    expect(await kept(chat, 'Club')).toBeUndefined();
    expect(three.unread).toBe('');
  });

  test('a room from before belongs to the account of its owner’s name, or passes on if there is none', async () => {
    const chat = await Chat.start();
    const two = await chat.login('two');
    await registers(two);
    await leaves(two);
    await keep(chat, { name: 'Guests', owner: 'one', isPrivate: true });
    await keep(chat, { name: 'Members', owner: 'TWO', isPrivate: true, invited: ['one'] });
    const namesake = await chat.login('one');
    await namesake.does('/rooms', texts.noRooms);
    // Where an older node lets this one rule it, it is not taken away under their feet.
    await minutesPass(chat, 5);
    expect(await kept(chat, 'Guests')).toMatchObject({ owner: 'one' });
    await leaves(namesake);
    await minutesPass(chat, 4);
    expect(await kept(chat, 'Guests')).toBeUndefined();
    expect(await kept(chat, 'Members')).toMatchObject({ owner: 'TWO' });
  });

  test('a room that became nobody’s while someone entered it is theirs', async () => {
    const chat = await Chat.start();
    const [, two] = await chat.gather('Planes', 'one', 'two');
    await keep(chat, { name: 'Planes' });
    await minutesPass(chat, 1);
    await two?.sees(texts.roomInherited('', 'one'));
    expect(await kept(chat, 'Planes')).toMatchObject({ owner: 'one' });
  });
});
