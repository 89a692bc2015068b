import type { Presence } from '../domain/directory';
import { returnMs, type Stay } from '../domain/return';
import type { Room } from '../domain/room';
import type { RoomEvent } from '../domain/room-event';
import { ManualClock } from '../manual-clock.suite';
import { channelOf, documentOf, returnsCollection } from '../store/keys';
import { MemoryStore } from '../store/memory-store';
import { UnreliableStore } from '../store/unreliable-store.suite';
import { Returns } from './returns';

const address = '192.0.2.1';
const elsewhere = '198.51.100.7';
const stay = { room: 'Planes', seen: { offset: 2 }, address } satisfies Stay;

function event(kind: RoomEvent['kind'], by: string, text = '', atMs = 0): RoomEvent {
  return { kind, by, text, atMs, origin: `node.${by}` };
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
  await memory.change(documentOf('planes'), () => ({ ok: true, document }));
  /** One node of those that share the store. */
  const node = (): Returns => new Returns(store, () => clock.now());
  const append = (...events: readonly RoomEvent[]) => memory.append(channelOf('planes'), events);
  const count = async (): Promise<number | undefined> => {
    const answer = await memory.count(returnsCollection);
    return answer.ok ? answer.value : undefined;
  };
  return { clock, store, node, append, count };
}

test('who is sent away by a stop is put back on another node, once', async () => {
  const { node, count } = await scene();
  const [old, next] = [node(), node()];
  old.departs('One', 'shutdown', stay);
  await old.settled();
  expect(await next.take('one', elsewhere)).toMatchObject({ room: 'Planes', seen: { offset: 2 } });
  expect(await next.take('one', elsewhere)).toBeUndefined();
  expect(await count()).toBe(0);
});

test.each(['quit', 'closed', 'error', 'timeout', 'kicked'])(
  'who goes for "%s" is not remembered while nobody was told to come again',
  async (reason) => {
    const { node } = await scene();
    const returns = node();
    returns.departs('one', reason, stay);
    await returns.settled();
    expect(await returns.take('one', address)).toBeUndefined();
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
  const { node } = await scene();
  const returns = node();
  returns.expectAll();
  returns.departs('one', reason, stay);
  await returns.settled();
  expect((await returns.take('one', address)) !== undefined).toBe(isKept);
});

test('after two minutes nobody is put back, and nothing is left of it', async () => {
  const { clock, node, count } = await scene();
  const returns = node();
  for (const name of ['one', 'three', 'four']) returns.departs(name, 'shutdown', stay);
  await returns.settled();
  clock.advance(returnMs);
  expect(await returns.take('one', address)).toBeUndefined();
  await returns.settled();
  expect(await count()).toBe(0);
});

test.each([
  [{}, elsewhere, true],
  [{ isPrivate: true, invited: ['one'] }, address, true],
  [{ isPrivate: true, invited: ['one'] }, elsewhere, false],
  [{ isPrivate: true, owner: 'ONE' }, address, true],
  [{ isPrivate: true, invited: [] }, address, false],
])('into a room with %j, who comes from %s is put back: %s', async (room, from, isPutBack) => {
  const { node } = await scene(room);
  const returns = node();
  returns.departs('one', 'shutdown', stay);
  await returns.settled();
  expect((await returns.take('one', from)) !== undefined).toBe(isPutBack);
});

test('into a room that is gone, nobody is put back', async () => {
  const { node } = await scene();
  const returns = node();
  returns.departs('one', 'shutdown', { ...stay, room: 'Trains' });
  await returns.settled();
  expect(await returns.take('one', address)).toBeUndefined();
});

test('a store that is away costs people their place, and nothing else', async () => {
  const { store, node } = await scene();
  const returns = node();
  store.losesTouch('read', 'change', 'list', 'tail');
  returns.departs('one', 'shutdown', stay);
  await returns.settled();
  expect(await returns.take('one', address)).toBeUndefined();
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
    { name: 'One', origin: 'dead.1', sinceMs: 0, room: 'Planes' },
    { name: 'Nowhere', origin: 'dead.2', sinceMs: 0 },
  ];

  test('has its people put back by each of the others, from the last that it may have shown', async () => {
    const { clock, node, append } = await scene();
    const returns = node();
    const nowMs = clock.now();
    returns.rememberGone(gone);
    await append(
      event('said', 'two', 'long ago', nowMs - 60_000),
      event('said', 'two', 'just before', nowMs - 5_000),
    );
    const place = await returns.take('one', elsewhere);
    expect(place).toMatchObject({ name: 'One', room: 'Planes' });
    expect(place && (await returns.missed(place, 'next.1'))).toEqual([
      '[*]: In #Planes you missed 1 line:',
      '[two]: just before',
    ]);
    expect(await returns.take('one', elsewhere)).toBeUndefined();
    expect(await returns.take('nowhere', elsewhere)).toBeUndefined();
  });

  test('puts nobody back into a private room, since nobody knows where they came from', async () => {
    const { node } = await scene({ isPrivate: true, invited: ['one'] });
    const returns = node();
    returns.rememberGone(gone);
    expect(await returns.take('one', address)).toBeUndefined();
  });

  test('is forgotten of those who are on another node by now, and after two minutes', async () => {
    const { clock, node } = await scene();
    const returns = node();
    returns.rememberGone(gone);
    returns.forgetGone('ONE');
    expect(await returns.take('one', address)).toBeUndefined();
    returns.rememberGone(gone);
    clock.advance(returnMs);
    expect(await returns.take('one', address)).toBeUndefined();
  });
});
