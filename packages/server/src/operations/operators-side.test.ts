import { setImmediate } from 'node:timers/promises';
import { Chat } from '../actors/chat.suite';
import { familiesOf } from '../metrics/exposition.suite';
import { OperatorsSide, type Running } from './operators-side';

const sides: OperatorsSide[] = [];

afterEach(() => {
  for (const side of sides.splice(0)) side.close();
});

/** Everyone in `Planes`, on a server with operators. */
async function served(...names: readonly string[]) {
  const running: Running = { services: undefined, system: undefined };
  const side = new OperatorsSide(running, () => chat.clock.now());
  sides.push(side);
  const chat: Chat = await Chat.start({ observer: side.observer });
  running.services = chat.services;
  running.system = chat.system;
  const people = await chat.gather('Planes', ...names);
  const seconds = async (count: number): Promise<void> => {
    for (let second = 0; second < count; second++) {
      chat.clock.advance(1_000);
      for (let turn = 0; turn < 10; turn++) await setImmediate();
    }
  };
  return { side, chat, people, seconds };
}

test('metrics tell of connections, people, rooms and actors', async () => {
  const { side } = await served('one', 'two');
  const samples = familiesOf(await side.metrics.exposition()).flatMap((family) => family.samples);
  const valueOf = (name: string, labels: object): number | undefined =>
    samples.find(
      (sample) => sample.name === name && JSON.stringify(sample.labels) === JSON.stringify(labels),
    )?.value;
  expect(valueOf('chat_connections', { transport: 'fake', kind: 'plain' })).toBe(2);
  expect(valueOf('chat_users', { scope: 'here' })).toBe(2);
  expect(valueOf('chat_users', { scope: 'all' })).toBe(2);
  expect(valueOf('chat_rooms', {})).toBe(1);
  expect(valueOf('chat_actors', { role: 'connection' })).toBe(2);
  expect(valueOf('chat_actors', { role: 'room' })).toBe(1);
});

test('an operator disconnects someone, who is told', async () => {
  const { side, chat, people } = await served('one', 'two');
  const [one, two] = people;
  const number = [...chat.services.sessions.all()][0]?.number ?? 0;
  const path = chat.system.search(`connection-${number}`, 1)[0]?.path ?? '';
  expect(side.observer.act('disconnect', path, 'me')).toBe('done');
  expect((await one?.untilClosed())?.join('\n')).toContain('An operator has disconnected you.');
  await two?.sees('[*]: User one left Planes.');
  expect(side.observer.act('disconnect', number, 'me')).toBe('not-found');
  expect(side.observer.act('disconnect', 'chat/registry', 'me')).toBe('not-found');
  expect(chat.records).toContainEqual({
    message: 'Operator: disconnect',
    fields: { action: 'disconnect', target: path, by: 'me', outcome: 'done' },
  });
});

test.each(['chat/registry', 'chat/rooms', 'chat/listeners', 'chat/rooms/planes'])(
  'an operator restarts %s, and nobody is disconnected',
  async (path) => {
    const { side, chat, people, seconds } = await served('one', 'two');
    const [one, two] = people;
    expect(side.observer.act('restart', path, 'me')).toBe('done');
    await seconds(1);
    one?.types('still here');
    await two?.reads('[one]: still here');
    expect(chat.crashes).toEqual([]);
  },
);

test('operators are told which server it is, and why nobody is to be sent to it', async () => {
  const { side, chat } = await served('one');
  const { identity, readiness } = chat.services;
  readiness.isListening = true;
  readiness.isStoreAvailable = true;
  const { version, node, state } = side.observer.server();
  expect({ node, state }).toEqual({ node: identity.current, state: 'ready' });
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  readiness.isDraining = true;
  expect(side.observer.server()).toMatchObject({ state: 'draining' });
});

test('the root is not restarted, nor what is not there', async () => {
  const { side } = await served('one');
  expect(side.observer.act('restart', 'chat', 'me')).toBe('not-allowed');
  expect(side.observer.act('restart', 'chat/none', 'me')).toBe('not-found');
});

test('an observer that fails again and again costs nobody anything', async () => {
  const { side, chat, people, seconds } = await served('one', 'two');
  const [one, two] = people;
  const tick = jest.spyOn(side.observer, 'tick').mockImplementation(() => {
    throw new Error('bug');
  });
  await seconds(3);
  expect(chat.crashes).toEqual(Array.from({ length: 3 }, () => 'chat/observer/ticker'));
  one?.types('hi');
  await two?.sees('[one]: hi');
  tick.mockRestore();
  await seconds(1);
  expect(chat.crashes).toHaveLength(3);
  expect(side.observer.charts().samples.length).toBeGreaterThan(0);
});

test('charts have a value for each name', async () => {
  const { side, seconds } = await served('one', 'two');
  await seconds(6);
  const { names, samples } = side.observer.charts();
  expect(names).toEqual([
    'connections',
    'users',
    'rooms',
    'loopDelayP99Ms',
    'loopDelayMaxMs',
    'memoryBytes',
    'linesPerSecond',
    'deliveriesPerSecond',
  ]);
  expect(samples.at(-1)?.slice(1, 4)).toEqual([2, 2, 1]);
  for (const sample of samples) expect(sample).toHaveLength(names.length + 1);
});
