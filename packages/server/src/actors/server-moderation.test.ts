import { texts } from '@chat-server/protocol';
import { Chat } from './chat.suite';
import { comes, leaves, operator, proves, registers, settled, twoNodes } from './operator.suite';

const greeting = (name: string) => [texts.welcome(name), texts.helpHint] as const;

test('who is kicked is told why, wherever they are, and may come back', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const one = await there.login('one');
  await op.does('/server kick ONE too loud', texts.kickedBy('one'));
  expect(await one.untilClosed()).toEqual([texts.kickedFromServer('too loud')]);
  const again = await there.login('one');
  await op.does('/server kick one', texts.kickedBy('one'));
  expect(await again.untilClosed()).toEqual([texts.kickedFromServer()]);
  expect(there.records).toContainEqual(
    expect.objectContaining({
      message: 'User disconnected: one',
      fields: expect.objectContaining({ reason: 'kicked' }),
    }),
  );
});

test('who is banned by name is off at once, and is told why and until when at each login', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const one = await there.login('one');
  const terms = { reason: 'spam', untilMs: here.clock.now() + 3_600_000 };
  const nowMs = here.clock.now();
  await op.does('/server ban one 1h spam', texts.sanctioned('banned', 'one', terms, nowMs));
  expect(await one.untilClosed()).toEqual([texts.bannedFromServer(terms, nowMs)]);
  for (const chat of [here, there]) {
    const again = await comes(chat, 'one');
    await again.does('ONE', texts.nameBanned('ONE', terms, nowMs));
    await again.reads(texts.loginPrompt);
    await again.does('two', ...greeting('two'));
    await leaves(again);
  }
  here.clock.advance(3_600_000);
  const again = await there.login('one');
  await op.does('/server bans', texts.noSanctions('bans'));
  expect(again.unread).toBe('');
});

test('a third name that is banned ends the connection', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  await op.does('/server ban one', texts.sanctioned('banned', 'one', {}, 0));
  const one = await comes(chat, 'one');
  const refusal = texts.nameBanned('one', {}, 0);
  for (let tries = 0; tries < 2; tries++) {
    await one.does('one', refusal);
    await one.reads(texts.loginPrompt);
  }
  one.types('one');
  expect(await one.untilClosed()).toEqual([refusal]);
});

test('who logs in while their name is being banned is not let in', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  const release = chat.store.holds('claim');
  const one = await comes(chat, 'one');
  one.types('one');
  await chat.store.waits();
  await op.does('/server ban one', texts.sanctioned('banned', 'one', {}, 0));
  await settled();
  release();
  await one.sees(texts.nameBanned('one', {}, 0));
  await one.reads(texts.loginPrompt);
  await one.does('two', ...greeting('two'));
  await op.does('/users', texts.onlineUsers(['op', 'two']));
  expect([op.unread, one.unread]).toEqual(['', '']);
});

test('a banned name is not had by /login, and who tries stays who and where they are', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  await leaves(await registers(chat, 'one'));
  const [guest] = await chat.gather('Planes', 'guest');
  await op.does('/server ban one', texts.sanctioned('banned', 'one', {}, 0));
  await guest?.does('/login one correct horse', texts.nameBanned('one', {}, 0));
  await guest?.does('/who', texts.roomMembers('Planes', ['guest']));
  expect([op.unread, guest?.unread]).toEqual(['', '']);
});

test('who is banned by address is off, with a name or without, and nobody gets in from there', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here, 'op', '198.51.100.1');
  const one = await comes(there, 'one', '192.0.2.7');
  await one.does('one', ...greeting('one'));
  const nobody = await comes(here, 'nobody', '192.0.2.9');
  const other = await comes(there, 'other', '192.0.3.1');
  const nowMs = here.clock.now();
  const terms = { untilMs: nowMs + 60_000 };
  await op.does(
    '/server ban 192.0.2.0/24 1m',
    texts.sanctioned('banned', '192.0.2.0/24', terms, nowMs),
  );
  for (const person of [one, nobody]) {
    expect(await person.untilClosed()).toEqual([texts.bannedFromServer(terms, nowMs)]);
  }
  for (const [chat, address] of [
    [here, '192.0.2.200'],
    [there, '::ffff:192.0.2.7'],
  ] as const) {
    const again = chat.connects('again', address);
    expect(await again.untilClosed()).toEqual([texts.addressBanned(terms, nowMs)]);
  }
  await other.does('other', ...greeting('other'));
  here.clock.advance(60_000);
  const again = await comes(here, 'again', '192.0.2.7');
  await again.does('again', ...greeting('again'));
});

test('a ban is lifted for all nodes, however its block is written', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  await op.does('/server ban 2001:db8::1', texts.sanctioned('banned', '2001:db8::/64', {}, 0));
  await settled();
  const one = there.connects('one', '2001:db8::ffff');
  expect(await one.untilClosed()).toEqual([texts.addressBanned({}, 0)]);
  await op.does('/server unban 2001:DB8:0::7/64', texts.unsanctioned('banned', '2001:db8::/64'));
  await settled();
  const again = await comes(there, 'one', '2001:db8::ffff');
  await again.does('one', ...greeting('one'));
});

test('who is muted reads on, says nothing to anyone, and is told why and until when at each try', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const [two] = await here.gather('Planes', 'two');
  const one = await there.login('one');
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  await two?.sees(texts.joined('one', 'Planes'));
  const nowMs = here.clock.now();
  const terms = { reason: 'caps', untilMs: nowMs + 600_000 };
  await op.does('/server mute one 10m caps', texts.sanctioned('muted', 'one', terms, nowMs));
  const told = texts.mutedOnServer(terms, nowMs);
  await one.sees(told);
  for (const line of [
    'HELLO',
    '/me SHOUTS',
    '/topic NOISE',
    '/whisper two PSST',
    '/w two PSST',
    '/invite two Planes',
    '/create LOUD',
    '/create_private LOUD',
    '/away LOUD',
    '//HELLO',
  ]) {
    await one.does(line, told);
  }
  await one.does('/topic', texts.noTopic('Planes'));
  two?.types('hi');
  await one.sees('[two]: hi');
  await two?.does('/whisper one psst');
  await one.sees('<<two>>: psst');
  await one.does('/reply what?', told);
  here.clock.advance(600_000);
  await one.sees(texts.unmutedOnServer);
  one.types('hello');
  await two?.sees('[one]: hello');
  await op.does('/server mutes', texts.noSanctions('mutes'));
  expect([one.unread, two?.unread, op.unread]).toEqual(['', '', '']);
});

test('a mute is for a name, wherever and whenever it comes back, until it is lifted', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  await op.does('/server mute one', texts.sanctioned('muted', 'one', {}, 0));
  await settled();
  const one = await there.login('ONE');
  await one.does('/whisper op hi', texts.mutedOnServer({}, 0));
  await op.does('/server unmute one', texts.unsanctioned('muted', 'one'));
  await one.sees(texts.unmutedOnServer);
  one.types('/whisper op hi');
  await op.sees('<<ONE>>: hi');
  expect([one.unread, op.unread]).toEqual(['', '']);
});

test('what is announced is read by everyone, on every node, and by nobody who is not in yet', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const one = await there.login('one');
  const nobody = await comes(there, 'nobody');
  const line = texts.announcement('op', 'Tea at four.');
  await op.does('/announce Tea at four.', line);
  await one.sees(line);
  expect(nobody.unread).toBe('');
});

test('a lockdown lets in registered users only, and those who are on stay', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  await leaves(await registers(there, 'member'));
  const guest = await there.login('guest');
  await op.does('/lockdown guests a raid', texts.lockdownIs('guests', 'a raid'));
  await settled();
  const other = await comes(there, 'other');
  await other.does('other', texts.lockedToGuests('a raid'));
  await other.reads(texts.loginPrompt);
  const member = await proves(there, 'member');
  await member.sees(...greeting('member'));
  await guest.does('/users', texts.onlineUsers(['op', 'guest', 'member']));
  await op.does('/lockdown off', texts.lockdownIs('off'));
  await settled();
  await other.does('other', ...greeting('other'));
  expect([guest.unread, member.unread, other.unread]).toEqual(['', '', '']);
});

test('a full lockdown lets in nobody but operators, who have to prove it', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  await leaves(await registers(there, 'member'));
  const guest = await there.login('guest');
  await op.does('/lockdown all', texts.lockdownIs('all'));
  await settled();
  const other = await comes(there, 'other');
  await other.does('other', texts.lockedToAll());
  const member = await proves(there, 'member');
  await member.sees(texts.lockedToAll());
  await member.reads(texts.loginPrompt);
  await guest.does('/login member correct horse', texts.lockedToAll());
  await leaves(op);
  const again = await proves(there, 'op');
  await again.sees(...greeting('op'));
  await again.does('/lockdown off', texts.lockdownIs('off'));
  await guest.does('/users', texts.onlineUsers(['guest', 'op']));
  expect([guest.unread, again.unread, other.unread]).toEqual(['', '', texts.loginPrompt]);
});

test('an operator is told from where someone is connected, on whichever node', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const one = await comes(there, 'one', '192.0.2.7');
  await one.does('one', ...greeting('one'));
  const node = there.services.identity.current;
  await op.does('/server whois ONE', texts.connectedFrom('one', '192.0.2.7', node));
  expect(one.unread).toBe('');
});

test('an operator is neither banned nor muted by name, and who becomes one is no more', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const one = await registers(there, 'one');
  await op.does('/server mute one', texts.sanctioned('muted', 'one', {}, 0));
  await one.sees(texts.mutedOnServer({}, 0));
  expect(await here.services.operators.add('one', 'shell')).toBe('done');
  await one.sees(texts.unmutedOnServer, texts.nowOperator);
  await op.does('/server ban one', texts.isOperator('one'));
});

test('all that operators do is kept, for all nodes, and shown', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const colleague = await operator(there, 'colleague');
  await there.login('one');
  await op.does('/server kick one bye', texts.kickedBy('one'));
  await op.does('/lockdown guests', texts.lockdownIs('guests'));
  await op.does('/server ban one', texts.sanctioned('banned', 'one', {}, 0));
  await settled();
  const time = '1970-01-01 00:17';
  await colleague.does(
    '/server records',
    texts.records(5),
    `${time} shell: operator add op`,
    `${time} shell: operator add colleague`,
    `${time} op: kick one: bye`,
    `${time} op: lockdown guests`,
    `${time} op: ban one`,
  );
  await colleague.does('/server records 1', texts.records(1), `${time} op: ban one`);
  expect([op.unread, colleague.unread]).toEqual(['', '']);
});

test('who hangs up at once has done what they did, and that is kept', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  const release = chat.store.holds('change');
  op.types('/server ban one');
  await chat.store.waits();
  op.peer.destroy();
  release();
  await settled();
  expect(await chat.services.records.latest(1)).toMatchObject([
    { by: 'op', action: 'ban', target: 'one' },
  ]);
});
