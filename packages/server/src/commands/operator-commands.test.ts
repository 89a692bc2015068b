import { parseDuration, texts } from '@chat-server/protocol';
import { reasonCharactersMax } from '../domain/moderation-record';
import { sanctionsMax } from '../domain/sanctions';
import { Town } from './caller.suite';

const dayMs = 86_400_000;

/** An operator, someone, and another operator who is not online. */
async function town(): Promise<Town> {
  const made = new Town();
  for (const name of ['op', 'colleague']) {
    await made.accounts.register(name, 'correct horse');
    await made.accounts.setOperator(name, true);
  }
  made.arrives('op', { isRegistered: true, isOperator: true });
  made.arrives('One');
  return made;
}

type Banned = readonly [
  line: string,
  target: string,
  terms: { readonly reason?: string; readonly untilMs?: number },
];

test.each<Banned>([
  ['/server ban one', 'One', {}],
  ['/server ban One 1d spam and scams', 'One', { reason: 'spam and scams', untilMs: dayMs }],
  ['/server ban one spam', 'One', { reason: 'spam' }],
  ['/server ban nobody 90s', 'nobody', { untilMs: 90_000 }],
  ['/server ban 192.0.2.7 1h30m x', '192.0.2.7', { reason: 'x', untilMs: 5_400_000 }],
  ['/server BAN 192.0.2.7/24', '192.0.2.0/24', {}],
  ['/server ban ::ffff:192.0.2.7', '192.0.2.7', {}],
  ['/server ban 2001:db8::7', '2001:db8::/64', {}],
])('%s bans %s', async (line, target, { untilMs, ...terms }) => {
  const made = await town();
  const all = { ...terms, ...(untilMs !== undefined && { untilMs: made.nowMs + untilMs }) };
  const shown = target === 'One' ? line.split(' ')[2] : target;
  const record = { atMs: made.nowMs, by: 'op', action: 'ban', target: shown, ...all };
  const done = texts.sanctioned('banned', String(shown), all, made.nowMs);
  expect(await made.tells('op', line)).toEqual([done]);
  expect(made.recorded).toEqual([record]);
  const { action: _action, ...ban } = record;
  expect(await made.moderation.read()).toEqual({ version: 1, bans: [ban], mutes: [] });
  expect((await made.does('op', line.replace(/ban (\S+).*/i, 'unban $1'))).at(-1)).toEqual({
    do: 'tell',
    lines: [texts.unsanctioned('banned', String(shown))],
  });
  expect(await made.moderation.read()).toEqual({ version: 2, bans: [], mutes: [] });
});

test.each([
  ['/server', `  /server ban <name|address|block> [duration] [reason]`],
  ['/server bann one', '  /server kick <name> [reason]'],
  ['/server ban', texts.usage('/server ban <name|address|block> [duration] [reason]')],
  ['/server unban', texts.usage('/server unban <name|address|block>')],
  ['/server mute', texts.usage('/server mute <name> [duration] [reason]')],
  ['/server kick', texts.usage('/server kick <name> [reason]')],
  ['/server whois', texts.usage('/server whois <name>')],
  ['/server records 0', texts.usage('/server records [count]')],
  ['/server ban one 10min spam', texts.invalidDuration('10min')],
  ['/server ban one 99999d', texts.invalidDuration('99999d')],
  ['/server mute one 0s', texts.invalidDuration('0s')],
  [`/server ban one ${'x'.repeat(201)}`, texts.reasonTooLong(reasonCharactersMax)],
  [`/server kick One ${'x'.repeat(201)}`, texts.reasonTooLong(reasonCharactersMax)],
  [`/lockdown all ${'x'.repeat(201)}`, texts.reasonTooLong(reasonCharactersMax)],
  ['/server ban o*e', texts.noName('o*e')],
  ['/server ban 192.0.2.256', texts.noBanTarget('192.0.2.256')],
  ['/server ban 10.0.0.0/8x', texts.noBanTarget('10.0.0.0/8x')],
  ['/server unban o*e', texts.noBanTarget('o*e')],
  ['/server ban OP', texts.toYourself],
  ['/server kick op', texts.toYourself],
  ['/server ban Colleague', texts.isOperator('colleague')],
  ['/server mute colleague', texts.isOperator('colleague')],
  ['/server kick colleague', texts.isOperator('colleague')],
  ['/server ban 0.0.0.0/0', texts.blockTooWide('0.0.0.0/0')],
  ['/server ban ::/0', texts.blockTooWide('::/0')],
  ['/server ban 127.0.0.1', texts.isThisMachine('127.0.0.1')],
  ['/server ban ::1', texts.isThisMachine('::/64')],
  ['/server ban 198.51.100.0/24', texts.isYourAddress('198.51.100.9')],
  ['/server ban ::ffff:198.51.100.9', texts.isYourAddress('198.51.100.9')],
  ['/server mute 192.0.2.7', texts.noName('192.0.2.7')],
  ['/server unban one', texts.notSanctioned('banned', 'one')],
  ['/server unmute one', texts.notSanctioned('muted', 'one')],
  ['/server kick nobody', texts.notOnline('nobody')],
  ['/server whois nobody', texts.notOnline('nobody')],
  ['/server bans', texts.noSanctions('bans')],
  ['/server mutes', texts.noSanctions('mutes')],
  ['/server records', texts.noRecords],
  ['/lockdown', texts.lockdownIs('off')],
  ['/lockdown everything', texts.usage('/lockdown [off|guests|all] [reason]')],
  ['/announce', texts.usage('/announce <text>')],
])('%s does nothing, and says %s', async (line, said) => {
  const made = await town();
  made.address = '198.51.100.9';
  expect(await made.tells('op', line)).toContain(said);
  expect(await made.moderation.read()).toMatchObject({ version: 0 });
});

test('bans and mutes are listed with who did it, why and until when, those that are over left out', async () => {
  const made = await town();
  await made.does('op', '/server ban one 1h spam');
  await made.does('op', '/server mute two 10s');
  await made.does('op', '/server mute three');
  made.nowMs += 60_000;
  const untilMs = made.nowMs - 60_000 + (parseDuration('1h') ?? 0);
  expect(await made.tells('op', '/server bans')).toEqual([
    texts.sanctions('bans', 1),
    texts.sanction('one', 'op', { reason: 'spam', untilMs }, made.nowMs),
  ]);
  expect(await made.tells('op', '/server mutes')).toEqual([
    texts.sanctions('mutes', 1),
    '  three, by op, until that is lifted.',
  ]);
});

test('as many may be banned as may be, and no more', async () => {
  const made = await town();
  const bans = Array.from({ length: sanctionsMax.bans }, (_, index) => ({
    target: `n${index}`,
    by: 'op',
    atMs: 0,
  }));
  await made.moderation.change((before) => ({ ok: true, sanctions: { ...before, bans } }));
  expect(await made.tells('op', '/server ban one')).toEqual([
    texts.tooManySanctions('bans', sanctionsMax.bans),
  ]);
});

test('a lockdown is told, with its reason, and recorded', async () => {
  const made = await town();
  await made.does('op', '/lockdown guests a raid');
  expect(made.recorded).toMatchObject([
    { by: 'op', action: 'lockdown', target: 'guests', reason: 'a raid' },
  ]);
  expect(await made.tells('op', '/lockdown')).toEqual([texts.lockdownIs('guests', 'a raid')]);
  await made.does('op', '/lockdown off');
  expect(await made.tells('op', '/lockdown')).toEqual([texts.lockdownIs('off')]);
});

test('records are shown, the last ones, with all that is known', async () => {
  const made = await town();
  made.recorded = [
    { atMs: 0, by: 'op', action: 'ban', target: 'one', reason: 'spam', untilMs: 60_000 },
    { atMs: 60_000, by: 'two', action: 'kick', target: 'three', room: 'Planes' },
  ];
  expect(await made.tells('op', '/server records 5')).toEqual([
    texts.records(2),
    '1970-01-01 00:00 op: ban one until 1970-01-01 00:01: spam',
    '1970-01-01 00:01 two: kick three in Planes',
  ]);
});

test.each([
  '/server kick One',
  '/server ban One',
  '/server unban One',
  '/server bans',
  '/server mute One',
  '/server unmute One',
  '/server records',
  '/server whois One',
  '/announce hi',
  '/lockdown all',
  '/lockdown',
])('%s does nothing where rights were taken meanwhile, or cannot be looked up', async (line) => {
  const made = await town();
  await made.accounts.setOperator('op', false);
  expect(await made.tells('op', line)).toEqual([texts.notOperatorAnyMore]);
  made.losesItsStore();
  expect(await made.tells('op', line)).toEqual([texts.storeAway]);
});

test('a guest who has rights by no account has none', async () => {
  const made = await town();
  made.arrives('One', { isOperator: true });
  made.arrives('op', { isOperator: true });
  for (const name of ['One', 'op']) {
    expect(await made.tells(name, '/announce hi')).toEqual([texts.notOperatorAnyMore]);
  }
});
