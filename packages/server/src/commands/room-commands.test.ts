import { texts } from '@chat-server/protocol';
import type { RoomEvent } from '../domain/room-event';
import { Town } from './caller.suite';

function townOf(...names: readonly string[]): Town {
  const town = new Town();
  for (const name of names) town.arrives(name);
  return town;
}

describe('/create', () => {
  test('makes a public room that belongs to who made it', async () => {
    const town = townOf('one');
    expect(await town.tells('one', '/create Planes')).toEqual(['Room Planes created.']);
    expect(await town.room('planes')).toEqual({
      name: 'Planes',
      owner: 'one',
      ownerOrigin: 'n.one',
      isPrivate: false,
      invited: [],
      createdAtMs: town.nowMs,
    });
  });

  test.each([
    ['/create', texts.usage('/create <room>')],
    ['/create two words', texts.invalidRoomName],
    ['/create ünï', texts.invalidRoomName],
    ['/create PLANES', texts.roomExists('Planes')],
  ])('%s is told: %s', async (line, told) => {
    const town = townOf('one');
    await town.has({ name: 'Planes' });
    expect(await town.tells('one', line)).toEqual([told]);
  });

  test('stops at as many rooms as there may be, and says so', async () => {
    const town = townOf('one');
    town.limits = { ...town.limits, roomsMax: 2 };
    await town.does('one', '/create a');
    await town.does('one', '/create b');
    expect(await town.tells('one', '/create c')).toEqual([texts.tooManyRooms(2)]);
    expect(await town.room('c')).toBeUndefined();
  });
});

test('/create_private makes a room for its owner and guests', async () => {
  const town = townOf('one');
  expect(await town.tells('one', '/create_private Secret')).toEqual([
    'Room Secret created.',
    texts.guestsRoom('Secret', true),
  ]);
  expect(await town.room('secret')).toMatchObject({ isPrivate: true, owner: 'one' });
  expect(await town.tells('one', '/create_private')).toEqual([
    texts.usage('/create_private <room>'),
  ]);
});

describe('/rooms', () => {
  test('lists rooms in the order of the alphabet, private ones only to those who may enter', async () => {
    const town = townOf('one', 'two', 'three');
    await town.has({ name: 'planes' });
    await town.has({ name: 'Boats' });
    await town.has({ name: 'secret', isPrivate: true, owner: 'one', invited: ['two'] });
    expect(await town.tells('one', '/rooms')).toEqual(['Rooms: Boats, planes, secret']);
    expect(await town.tells('two', '/rooms')).toEqual(['Rooms: Boats, planes, secret']);
    expect(await town.tells('three', '/rooms')).toEqual(['Rooms: Boats, planes']);
  });

  test('says how to make one where there is none that one may know of', async () => {
    const town = townOf('two');
    await town.has({ name: 'secret', isPrivate: true });
    expect(await town.tells('two', '/rooms')).toEqual([texts.noRooms]);
  });
});

describe('/join', () => {
  test('enters a room, named as its maker typed it', async () => {
    const town = townOf('two');
    await town.has({ name: 'Planes' });
    expect(await town.does('two', '/join pLANES')).toEqual([{ do: 'enter', room: 'Planes' }]);
    expect(await town.does('two', '/j planes')).toEqual([{ do: 'enter', room: 'Planes' }]);
  });

  test.each([
    ['/join', texts.usage('/join <room>')],
    ['/join a b', texts.invalidRoomName],
    ['/join nowhere', texts.noSuchRoom('nowhere')],
    ['/join SECRET', texts.roomIsPrivate('Secret')],
    ['/join small', texts.roomIsFull('Small', 1)],
    ['/join planes', texts.alreadyInRoom('Planes')],
  ])('%s is told: %s', async (line, told) => {
    const town = new Town();
    town.limits = { ...town.limits, roomMembersMax: 1 };
    town.arrives('two', { room: 'Planes' });
    town.arrives('three', { room: 'Small' });
    await town.has({ name: 'Planes' });
    await town.has({ name: 'Small' });
    await town.has({ name: 'Secret', isPrivate: true });
    expect(await town.tells('two', line)).toEqual([told]);
  });

  test('lets guests into a private room', async () => {
    const town = townOf('Two');
    await town.has({ name: 'Secret', isPrivate: true, invited: ['two'] });
    expect(await town.does('Two', '/join secret')).toEqual([{ do: 'enter', room: 'Secret' }]);
  });
});

test('/leave leaves the room one is in, and says how to enter one otherwise', async () => {
  const town = townOf('one');
  town.arrives('two', { room: 'Planes' });
  expect(await town.does('two', '/leave')).toEqual([
    { do: 'leave', line: 'You left room Planes.' },
  ]);
  expect(await town.tells('one', '/leave')).toEqual([texts.notInRoom]);
});

describe('/invite', () => {
  test('lets someone into a private room, and tells both', async () => {
    const town = townOf('one', 'Two');
    await town.has({ name: 'Secret', isPrivate: true });
    expect(await town.does('one', '/invite tWO secret')).toEqual([
      { do: 'notify', to: 'Two', line: texts.invitation('one', 'Secret') },
      { do: 'tell', lines: [texts.invited('Two', 'Secret')] },
    ]);
    expect(await town.room('secret')).toMatchObject({
      invited: [],
      guests: [{ key: 'two', origin: 'n.Two' }],
    });
  });

  test('is for the room one is in where none is named', async () => {
    const town = townOf('two');
    town.arrives('one', { room: 'Planes' });
    await town.has({ name: 'Planes' });
    expect(await town.does('one', '/invite two')).toContainEqual({
      do: 'notify',
      to: 'two',
      line: texts.invitation('one', 'Planes'),
    });
  });

  test('a guest may bring guests', async () => {
    const town = townOf('two', 'three');
    await town.has({ name: 'Secret', isPrivate: true, invited: ['two'] });
    await town.does('two', '/invite three Secret');
    expect(await town.room('secret')).toMatchObject({
      guests: [
        { key: 'two', origin: 'n.two' },
        { key: 'three', origin: 'n.three' },
      ],
    });
  });

  test.each([
    ['/invite', texts.usage('/invite <user> [room]')],
    ['/invite two', texts.notInRoom],
    ['/invite two a b', texts.invalidRoomName],
    ['/invite nobody Planes', texts.notOnline('nobody')],
    ['/invite two nowhere', texts.noSuchRoom('nowhere')],
    ['/invite two Theirs', texts.roomIsPrivate('Theirs')],
    ['/invite two Full', texts.tooManyInvited('Full')],
  ])('%s is told: %s', async (line, told) => {
    const town = townOf('one', 'two');
    town.limits = { ...town.limits, roomInvitationsMax: 1 };
    await town.has({ name: 'Planes' });
    await town.has({ name: 'Theirs', owner: 'two', isPrivate: true });
    await town.has({ name: 'Full', isPrivate: true, invited: ['x'] });
    expect(await town.tells('one', line)).toEqual([told]);
  });
});

describe('/destroy', () => {
  test('ends a room and forgets what was said in it', async () => {
    const town = townOf('one');
    await town.has({ name: 'Planes' });
    await town.heard('Planes', said('two', 'hi', 0));
    expect(await town.tells('one', '/destroy planes')).toEqual(['Room Planes destroyed.']);
    expect(await town.room('planes')).toBeUndefined();
    expect(await town.rooms.history('Planes', 10)).toEqual([]);
  });

  test.each([
    ['/destroy', texts.usage('/destroy <room>')],
    ['/destroy a b', texts.invalidRoomName],
    ['/destroy nowhere', texts.noSuchRoom('nowhere')],
    ['/destroy Planes', texts.notOwner('Planes', 'one')],
  ])('%s is told: %s', async (line, told) => {
    const town = townOf('two');
    await town.has({ name: 'Planes' });
    expect(await town.tells('two', line)).toEqual([told]);
    expect(await town.room('Planes')).toMatchObject({ name: 'Planes' });
  });
});

test('/who lists the members of one’s room in order of arrival there', async () => {
  const town = townOf('four');
  for (const name of ['two', 'one', 'three']) town.arrives(name, { room: 'Planes' });
  expect(await town.tells('one', '/who')).toEqual(['Members of Planes: two, one, three']);
  expect(await town.tells('four', '/who')).toEqual([texts.notInRoom]);
});

describe('/topic', () => {
  test('is shown, and set anew for all to see', async () => {
    const town = new Town();
    town.arrives('two', { room: 'Planes' });
    await town.has({ name: 'Planes' });
    expect(await town.tells('two', '/topic')).toEqual([texts.noTopic('Planes')]);
    expect(await town.does('two', '/topic wings & things')).toEqual([
      { do: 'speak', kind: 'topic', text: 'wings & things' },
    ]);
    expect(await town.tells('two', '/topic')).toEqual([texts.topic('Planes', 'wings & things')]);
  });

  test('of a private room is its owner’s to set, and of no room nobody’s', async () => {
    const town = townOf('three');
    town.arrives('two', { room: 'Secret' });
    await town.has({ name: 'Secret', isPrivate: true, invited: ['two'] });
    expect(await town.tells('two', '/topic mine')).toEqual([texts.notOwner('Secret', 'one')]);
    expect(await town.tells('three', '/topic mine')).toEqual([texts.notInRoom]);
  });
});

function said(by: string, text: string, atMs: number): RoomEvent {
  return { kind: 'said', atMs, by, origin: `n.${by}`, text };
}

async function talked(lines: number): Promise<Town> {
  const town = townOf('one');
  town.arrives('two', { room: 'Planes' });
  await town.has({ name: 'Planes' });
  for (let at = 1; at <= lines; at++) await town.heard('Planes', said('one', `${at}`, at * 60_000));
  await town.heard('Planes', { ...said('one', '', 0), kind: 'left' });
  return town;
}

describe('/history', () => {
  test('shows the last 20 things said, oldest first, with their times', async () => {
    const lines = await (await talked(30)).tells('two', '/history');
    expect(lines).toHaveLength(21);
    expect(lines.slice(0, 2)).toEqual([texts.history('Planes', 20), '00:11 [one]: 11']);
    expect(lines.at(-1)).toBe('00:30 [one]: 30');
  });

  test('shows as many as asked for, and no more than there are or may be', async () => {
    const town = await talked(30);
    expect(await town.tells('two', '/history 1')).toEqual([
      'The last line of Planes, times in UTC:',
      '00:30 [one]: 30',
    ]);
    expect(await town.tells('two', '/history 99')).toHaveLength(31);
    town.limits = { ...town.limits, historyLinesMax: 10 };
    expect((await town.tells('two', '/history 99')).length).toBeLessThanOrEqual(11);
  });

  test('leaves out what was said by those whom one ignores', async () => {
    const town = await talked(2);
    town.arrives('three', { room: 'Planes', ignored: new Set(['one']) });
    expect(await town.tells('three', '/history')).toEqual([texts.noHistory('Planes')]);
  });

  test.each(['0', '-1', 'x', '1.5', '1e99', 'NaN'])('%s is no count', async (count) => {
    const town = await talked(1);
    const lines = await town.tells('two', `/history ${count}`);
    expect(lines[0]).toBe(
      count === '1e99' ? texts.history('Planes', 1) : texts.usage('/history [count]'),
    );
  });

  test('says so where nothing was said, and where one is in no room', async () => {
    const town = await talked(0);
    expect(await town.tells('two', '/history')).toEqual([texts.noHistory('Planes')]);
    expect(await town.tells('one', '/history')).toEqual([texts.notInRoom]);
  });
});

test.each([
  '/rooms',
  '/create Boats',
  '/create_private Boats',
  '/join Boats',
  '/invite two Planes',
  '/destroy Planes',
  '/topic',
  '/topic new',
  '/history',
  '/whois two',
])('%s says that the store is away, and does nothing, when it is', async (line) => {
  const town = new Town();
  town.arrives('one', { room: 'Planes' });
  town.arrives('two', { room: 'Planes' });
  await town.has({ name: 'Planes', topic: 'old' });
  town.losesItsStore();
  expect(await town.tells('one', line)).toEqual([texts.storeAway]);
  expect(await town.room('Planes')).toMatchObject({ topic: 'old', invited: [] });
});
