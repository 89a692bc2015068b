import { texts } from '@chat-server/protocol';
import { reasonCharactersMax } from '../domain/moderation-record';
import { Town } from './caller.suite';

async function town(): Promise<Town> {
  const made = new Town();
  for (const name of ['one', 'two', 'three']) made.arrives(name, { room: 'Planes' });
  await made.has({ name: 'Planes' });
  return made;
}

test.each([
  ['/ban two', undefined, undefined],
  ['/ban two 10m', 600_000, undefined],
  ['/ban two 1d12h be nice', 129_600_000, 'be nice'],
  ['/mute two be nice', undefined, 'be nice'],
  ['/mute two  90s   be  nice', 90_000, 'be  nice'],
])('%s holds for %s ms, for the reason "%s"', async (line, lastsMs, reason) => {
  const made = await town();
  const effects = await made.does('one', line);
  const room = await made.room('Planes');
  const held = {
    name: 'two',
    by: 'one',
    atMs: made.nowMs,
    ...(reason !== undefined && { reason }),
    ...(lastsMs !== undefined && { untilMs: made.nowMs + lastsMs }),
  };
  expect(room).toHaveProperty(line.startsWith('/ban') ? 'bans' : 'mutes', [held]);
  expect(effects.map((effect) => effect.do)).toEqual(['record', 'notify']);
});

test.each([
  ['/ban two 10', texts.invalidDuration('10')],
  ['/mute two 99999d spam', texts.invalidDuration('99999d')],
  ['/ban two 0s', texts.invalidDuration('0s')],
  ['/slow soon', texts.invalidDuration('soon')],
  ['/slow', texts.usage('/slow <duration|off>')],
  ['/kick', texts.usage('/kick <user> [reason]')],
  ['/ban', texts.usage('/ban <user> [duration] [reason]')],
  ['/mute', texts.usage('/mute <user> [duration] [reason]')],
  ['/unban', texts.usage('/unban <user>')],
  ['/unmute', texts.usage('/unmute <user>')],
  ['/uninvite', texts.usage('/uninvite <user> [room]')],
  ['/transfer', texts.usage('/transfer <user> [room]')],
  ['/ban t.wo', texts.invalidUserName('t.wo')],
  ['/unban t.wo', texts.invalidUserName('t.wo')],
  ['/unmute t.wo', texts.invalidUserName('t.wo')],
  ['/uninvite t.wo', texts.invalidUserName('t.wo')],
  ['/uninvite two !', texts.invalidRoomName],
  ['/transfer two !', texts.invalidRoomName],
  ['/uninvite two Boats', texts.noSuchRoom('Boats')],
  ['/unban two', texts.notBanned('two', 'Planes')],
  ['/unmute two', texts.notMuted('two', 'Planes')],
  ['/uninvite two', texts.nobodyIsInvited('Planes')],
  ['/transfer one', texts.ownsAlready('one', 'Planes')],
  ['/transfer nobody', texts.nobodyOfThatName('nobody')],
  ['/kick nobody', texts.notInYourRoom('nobody', 'Planes')],
  [`/ban two ${'x'.repeat(reasonCharactersMax + 1)}`, texts.reasonTooLong(reasonCharactersMax)],
  ['/bans', texts.noBans('Planes')],
])('%s is answered with: %s', async (line, answer) => {
  const made = await town();
  expect(await made.tells('one', line)).toEqual([answer]);
});

const lines = [
  '/kick two',
  '/ban two',
  '/unban two',
  '/bans',
  '/mute two',
  '/unmute two',
  '/uninvite two',
  '/transfer two',
  '/slow 5s',
];

test.each(lines)('%s is for the owner only, in the room one is in', async (line) => {
  const made = await town();
  expect(await made.tells('two', line)).toEqual([texts.notOwner('Planes', 'one')]);
  made.arrives('four');
  expect(await made.tells('four', line)).toEqual([texts.notInRoom]);
});

test.each(lines.filter((line) => line !== '/transfer two'))(
  '%s says that the store is away when it is',
  async (line) => {
    const made = await town();
    made.losesItsStore();
    expect(await made.tells('one', line)).toEqual([texts.storeAway]);
  },
);

test('more bans and mutes than there may be are refused, and those there are stay', async () => {
  const made = await town();
  made.limits = { ...made.limits, roomBansMax: 1, roomMutesMax: 1 };
  await made.does('one', '/ban a 1s');
  await made.does('one', '/mute a');
  expect(await made.tells('one', '/ban b')).toEqual([texts.tooManyBans('Planes', 1)]);
  expect(await made.tells('one', '/mute b')).toEqual([texts.tooManyMutes('Planes', 1)]);
  made.nowMs += 1_000;
  await made.does('one', '/ban b');
  expect(await made.room('Planes')).toMatchObject({ bans: [{ name: 'b' }] });
});

test('an operator rules every room, also one that is theirs to see only as such', async () => {
  const made = await town();
  made.arrives('root', { isOperator: true, room: 'Planes' });
  const [record, notice] = await made.does('root', '/ban one 1h out');
  expect(record).toMatchObject({ record: { by: 'root', action: 'ban', target: 'one' } });
  expect(notice).toMatchObject({ do: 'notify', to: 'one' });
  await made.has({ name: 'Secret', isPrivate: true, owner: 'two' });
  const effects = await made.does('root', '/transfer ROOT Secret');
  expect(effects.at(-1)).toEqual({ do: 'tell', lines: [texts.transferred('root', 'Secret')] });
  expect(await made.room('Secret')).toMatchObject({ owner: 'root', guests: [{ key: 'two' }] });
});

test('a room can be given to someone who is registered and not online', async () => {
  const made = await town();
  await made.accounts.register('Four', 'correct horse battery');
  await made.does('one', '/transfer four');
  expect(await made.room('Planes')).toMatchObject({ owner: 'Four' });
});

test('the texts say when something ends, and how long that is', () => {
  const nowMs = Date.UTC(2026, 10, 25, 14, 0, 30);
  const untilMs = Date.UTC(2026, 10, 26, 14, 0, 0);
  expect(texts.end(untilMs, nowMs)).toBe('until 2026-11-26 14:00 UTC, 23 h 59 min left');
  expect(texts.end(undefined, nowMs)).toBe('until it is lifted');
});
