import { texts } from '@chat-server/protocol';
import { injectFault } from '@chat-server/supervision';
import { sanctionsDocument } from '../store/keys';
import { Chat } from './chat.suite';
import { moderatorName } from './names';
import { comes, operator, settled, twoNodes } from './operator.suite';

function crashModerator(chat: Chat): void {
  const moderator = chat.system.whereIs(moderatorName);
  if (moderator === undefined) throw new Error('there is no moderator');
  injectFault(moderator, new Error('bug'));
}

test('bans hold while the moderator crashes, and what came meanwhile is done after', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const one = await there.login('one');
  const two = await there.login('two');
  await op.does('/server ban 192.0.2.7', texts.sanctioned('banned', '192.0.2.7', {}, 0));
  await settled();
  crashModerator(there);
  op.types('/server ban one', '/server kick two');
  expect(await one.untilClosed()).toEqual([texts.bannedFromServer({}, 0)]);
  expect(await two.untilClosed()).toEqual([texts.kickedFromServer()]);
  const other = there.connects('other', '192.0.2.7');
  expect(await other.untilClosed()).toEqual([texts.addressBanned({}, 0)]);
  expect(there.crashes).toEqual(['chat/moderator']);
  await there.login('three');
});

test('nobody who is banned notices a crash, nor does anyone else', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await op.does('/server mute one', texts.sanctioned('muted', 'one', {}, 0));
  await one?.sees(texts.mutedOnServer({}, 0));
  crashModerator(chat);
  await settled();
  await one?.does('hi', texts.mutedOnServer({}, 0));
  two?.types('hi');
  await one?.sees('[two]: hi');
  expect([one?.unread, two?.unread]).toEqual(['', '']);
});

test('while the store is away, what is in force stays so, and nothing is changed', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  const one = await chat.login('one');
  await op.does('/server ban 192.0.2.7', texts.sanctioned('banned', '192.0.2.7', {}, 0));
  await op.does('/server mute one', texts.sanctioned('muted', 'one', {}, 0));
  await one.sees(texts.mutedOnServer({}, 0));
  chat.store.losesTouch('read', 'change', 'append');
  chat.store.says(false);
  for (const person of [op, one]) await person.sees(texts.storeLost);
  const banned = chat.connects('banned', '192.0.2.7');
  expect(await banned.untilClosed()).toEqual([texts.addressBanned({}, 0)]);
  await one.does('hi', texts.mutedOnServer({}, 0));
  await op.does('/server unmute one', texts.storeAway);
  crashModerator(chat);
  await settled();
  await one.does('hi', texts.mutedOnServer({}, 0));
  chat.store.recovers();
  chat.store.says(true);
  for (const person of [op, one]) await person.sees(texts.storeBack);
  await op.does('/server unmute one', texts.unsanctioned('muted', 'one'));
  await one.sees(texts.unmutedOnServer);
});

test('a ban that ends while the store is away has ended', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  op.types('/server ban 192.0.2.7 10s');
  await settled();
  chat.store.losesTouch('read', 'change', 'append');
  chat.clock.advance(10_000);
  const one = await comes(chat, 'one', '192.0.2.7');
  expect(one.unread).toBe('');
});

test('a store that has forgotten what is in force is told it again', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  await op.does('/server ban one', texts.sanctioned('banned', 'one', {}, 0));
  await settled();
  await here.memory.change(sanctionsDocument, () => ({ ok: true, document: undefined }));
  there.store.says(true);
  await settled();
  expect(await here.memory.read(sanctionsDocument)).toMatchObject({
    ok: true,
    value: { version: 1, bans: [{ target: 'one' }] },
  });
  const one = await comes(there, 'one');
  await one.does('one', texts.nameBanned('one', {}, 0));
});

test('what a node could not tell the others is seen by them within a minute', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(here);
  const one = await there.login('one');
  here.store.losesTouch('append');
  await op.does('/server ban one', texts.sanctioned('banned', 'one', {}, 0));
  await settled();
  expect(one.unread).toBe('');
  there.clock.advance(60_000);
  expect(await one.untilClosed()).toEqual([texts.bannedFromServer({}, 0)]);
});

test('a node that comes later knows what is in force before it lets anyone in', async () => {
  const here = await Chat.start();
  const op = await operator(here);
  await op.does('/server ban 192.0.2.7', texts.sanctioned('banned', '192.0.2.7', {}, 0));
  await op.does('/server kick nobody', texts.notOnline('nobody'));
  const there = await Chat.start({ beside: here });
  const one = there.connects('one', '192.0.2.7');
  expect(await one.untilClosed()).toEqual([texts.addressBanned({}, 0)]);
});

test('news of a kind that is not known is passed over', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  await chat.memory.append('moderation-news', [{ kind: 'parade' }], { briefly: true });
  await op.does('/announce hi', texts.announcement('op', 'hi'));
  expect(chat.crashes).toEqual([]);
});
