import { Town } from '../commands/caller.suite';
import { Directory, type Presence } from '../domain/directory';
import { holdingKey } from '../domain/holding';
import type { Person } from '../domain/person';
import { returnMs, type Stay } from '../domain/return';
import type { Room } from '../domain/room';
import type { RoomEvent } from '../domain/room-event';
import type { RoomRights } from '../domain/room-rights';
import { ManualClock } from '../manual-clock.suite';
import { channelOf, documentOf, returnsCollection } from '../store/keys';
import { MemoryStore } from '../store/memory-store';
import { StoredRooms } from '../store/room-catalogue';
import type { Store } from '../store/store';
import { UnreliableStore } from '../store/unreliable-store.suite';
import { Returns } from './returns';
import { RightsChanger } from './rights-changer';

const address = '192.0.2.1';
const elsewhere = '198.51.100.7';
const stay = { room: 'Planes', seen: { offset: 2 }, address, origin: 'old.1' } satisfies Stay;

/** Someone who has just logged in. */
function someone(name: string, isRegistered = false): Person {
  return { name, origin: 'next.1', isRegistered, isOperator: false };
}

function event(kind: RoomEvent['kind'], by: string, text = '', atMs = 0): RoomEvent {
  return { kind, by, text, atMs, origin: `node.${by}` };
}

/** Changes what people have in rooms as the server does. */
function rightsIn(store: Store, clock: ManualClock): RoomRights {
  const needed = {
    catalogue: new StoredRooms(store, clock, 100),
    directory: new Directory(),
    accounts: new Town().accounts,
  };
  const changer = new RightsChanger(needed, () => clock.now());
  return {
    move: (from, to) =>
      changer.change({ moves: new Map([[holdingKey(from), to]]), ended: new Set() }, false),
    end: () => Promise.resolve('done'),
  };
}

async function scene(room: Partial<Room> = {}) {
  const clock = new ManualClock();
  const memory = new MemoryStore(clock, 2_000);
  const store = new UnreliableStore(memory);
  await store.open();
  const document: Room = {
    name: 'Planes',
    owner: 'two',
    isPrivate: false,
    invited: [],
    createdAtMs: 0,
    ...room,
  };
  const rights = rightsIn(store, clock);
  await memory.change(documentOf('planes'), () => ({ ok: true, document }));
  /** One node of those that share the store. */
  const node = (): Returns => new Returns(store, () => clock.now());
  const append = (...events: readonly RoomEvent[]) => memory.append(channelOf('planes'), events);
  const count = async (): Promise<number | undefined> => {
    const answer = await memory.count(returnsCollection);
    return answer.ok ? answer.value : undefined;
  };
  const planes = () => memory.read<Room>(documentOf('planes'));
  return { clock, store, node, append, count, rights, planes };
}

test('who is sent away by a stop is put back on another node, once', async () => {
  const { node, count, rights } = await scene();
  const [old, next] = [node(), node()];
  old.departs('One', 'shutdown', stay);
  await old.settled();
  expect(await next.take(someone('one'), elsewhere, rights)).toMatchObject({
    room: 'Planes',
    seen: { offset: 2 },
  });
  expect(await next.take(someone('one'), elsewhere, rights)).toBeUndefined();
  expect(await count()).toBe(0);
});

test.each(['quit', 'closed', 'error', 'timeout', 'kicked'])(
  'who goes for "%s" is not remembered while nobody was told to come again',
  async (reason) => {
    const { node, rights } = await scene();
    const returns = node();
    returns.departs('one', reason, stay);
    await returns.settled();
    expect(await returns.take(someone('one'), address, rights)).toBeUndefined();
  },
);

test.each([
  ['quit', true],
  ['closed', true],
  ['error', true],
  ['timeout', true],
  ['kicked', false],
  ['idle timeout', false],
])('after everyone was told to come again, who goes for "%s" is: %s', async (reason, isKept) => {
  const { node, rights } = await scene();
  const returns = node();
  returns.expectAll();
  returns.departs('one', reason, stay);
  await returns.settled();
  expect((await returns.take(someone('one'), address, rights)) !== undefined).toBe(isKept);
});

test('after two minutes nobody is put back, and nothing is left of it', async () => {
  const { clock, node, count, rights } = await scene();
  const returns = node();
  for (const name of ['one', 'three', 'four']) returns.departs(name, 'shutdown', stay);
  await returns.settled();
  clock.advance(returnMs);
  expect(await returns.take(someone('one'), address, rights)).toBeUndefined();
  await returns.settled();
  expect(await count()).toBe(0);
});

const guests = [{ key: 'one', origin: 'old.1' }];

test.each([
  [{}, elsewhere, true],
  [{ isPrivate: true, guests }, address, true],
  [{ isPrivate: true, guests }, elsewhere, false],
  [{ isPrivate: true, owner: 'ONE', ownerOrigin: 'old.1' }, address, true],
  [{ isPrivate: true, owner: 'ONE', ownerOrigin: 'old.1' }, elsewhere, false],
  [{ isPrivate: true, owner: 'one', invited: ['one'] }, address, false],
  [{ isPrivate: true, guests: [{ key: 'one', origin: 'old.2' }] }, address, false],
])(
  'into a room with %j, a guest who comes from %s is put back: %s',
  async (room, from, isPutBack) => {
    const { node, rights } = await scene(room);
    const returns = node();
    returns.departs('one', 'shutdown', stay);
    await returns.settled();
    expect((await returns.take(someone('one'), from, rights)) !== undefined).toBe(isPutBack);
  },
);

test('who has proven their name is put back from wherever they come, and a guest’s rights are not theirs', async () => {
  const theirs = await scene({ isPrivate: true, invited: ['one'] });
  const guest = await scene({ isPrivate: true, owner: 'one', ownerOrigin: 'old.1' });
  for (const { node, rights } of [theirs, guest]) {
    const returns = node();
    returns.departs('one', 'shutdown', stay);
    await returns.settled();
    const place = await returns.take(someone('one', true), elsewhere, rights);
    expect(place !== undefined).toBe(rights === theirs.rights);
  }
});

test('a guest who comes from where they came from has their rooms again, and nobody else has', async () => {
  for (const [came, from, origin] of [
    [address, address, 'next.1'],
    [address, elsewhere, 'old.1'],
    ['', '', 'old.1'],
  ] as const) {
    const { node, rights, planes } = await scene({ owner: 'One', ownerOrigin: 'old.1' });
    const returns = node();
    // They were in no room.
    returns.departs('One', 'shutdown', { ...stay, room: undefined, address: came });
    await returns.settled();
    expect(await returns.take(someone('one'), from, rights)).toBeUndefined();
    expect(await planes()).toMatchObject({ value: { ownerOrigin: origin } });
  }
});

test('into a room that is gone, nobody is put back', async () => {
  const { node, rights } = await scene();
  const returns = node();
  returns.departs('one', 'shutdown', { ...stay, room: 'Trains' });
  await returns.settled();
  expect(await returns.take(someone('one'), address, rights)).toBeUndefined();
});

test('a store that is away costs people their place, and nothing else', async () => {
  const { store, node, rights } = await scene();
  const returns = node();
  store.losesTouch('read', 'change', 'list', 'tail');
  returns.departs('one', 'shutdown', stay);
  await returns.settled();
  expect(await returns.take(someone('one'), address, rights)).toBeUndefined();
  expect(await returns.missed({ name: 'one', untilMs: 0, ...stay }, 'node.one')).toEqual([]);
});

test('what they missed is what was said since, up to their coming in again', async () => {
  const { node, append } = await scene();
  await append(
    event('joined', 'one'),
    event('said', 'two', 'seen'),
    event('left', 'one'),
    event('said', 'two', 'missed'),
    event('topic', 'two', 'Wings'),
    event('acted', 'two', 'waves'),
    event('joined', 'one+1'),
    event('said', 'two', 'live'),
  );
  const place = { name: 'one', untilMs: 0, ...stay };
  expect(await node().missed(place, 'node.one+1')).toEqual([
    '[*]: In #Planes you missed 3 lines:',
    '[two]: missed',
    '[*]: User two set the topic: Wings',
    '* two waves',
  ]);
});

test('who missed nothing is told nothing', async () => {
  const { node, append } = await scene();
  await append(event('joined', 'one'), event('said', 'two', 'seen'), event('left', 'one'));
  expect(await node().missed({ name: 'one', untilMs: 0, ...stay }, 'node.one+1')).toEqual([]);
});

test('of very much, the last is shown, and that there was more', async () => {
  const { node, append } = await scene();
  const said = Array.from({ length: 300 }, (_, index) => event('said', 'two', `${index}`));
  await append(...said);
  const place = { name: 'one', untilMs: 0, ...stay, seen: { offset: 0 } };
  const lines = await node().missed(place, 'node.one+1');
  expect(lines).toHaveLength(201);
  expect(lines[0]).toBe(
    '[*]: In #Planes you missed 300 lines, the last 200 follow and /history has more:',
  );
  expect(lines.slice(1, 2)).toEqual(['[two]: 100']);
  expect(lines.at(-1)).toBe('[two]: 299');
});

describe('a node that was killed', () => {
  const gone: Presence[] = [
    { name: 'One', origin: 'dead.1', sinceMs: 0, room: 'Planes', address },
    { name: 'Nowhere', origin: 'dead.2', sinceMs: 0, address },
  ];

  test('has its people put back by each of the others, from the last that it may have shown', async () => {
    const { clock, node, append, rights } = await scene();
    const returns = node();
    const nowMs = clock.now();
    returns.rememberGone(gone);
    await append(
      event('said', 'two', 'long ago', nowMs - 60_000),
      event('said', 'two', 'just before', nowMs - 5_000),
    );
    const place = await returns.take(someone('one'), elsewhere, rights);
    expect(place).toMatchObject({ name: 'One', room: 'Planes' });
    expect(place && (await returns.missed(place, 'next.1'))).toEqual([
      '[*]: In #Planes you missed 1 line:',
      '[two]: just before',
    ]);
    expect(await returns.take(someone('one'), elsewhere, rights)).toBeUndefined();
    expect(await returns.take(someone('nowhere'), elsewhere, rights)).toBeUndefined();
  });

  test('puts someone back into a private room who comes from where they came from', async () => {
    for (const [from, isPutBack] of [
      [address, true],
      [elsewhere, false],
    ] as const) {
      const { node, rights } = await scene({
        isPrivate: true,
        owner: 'one',
        ownerOrigin: 'dead.1',
      });
      const returns = node();
      returns.rememberGone(gone);
      expect((await returns.take(someone('one'), from, rights)) !== undefined).toBe(isPutBack);
    }
  });

  test('is forgotten of those who are on another node by now, and after two minutes', async () => {
    const { clock, node, rights } = await scene();
    const returns = node();
    returns.rememberGone(gone);
    returns.forgetGone('ONE');
    expect(await returns.take(someone('one'), address, rights)).toBeUndefined();
    returns.rememberGone(gone);
    clock.advance(returnMs);
    expect(await returns.take(someone('one'), address, rights)).toBeUndefined();
  });
});
