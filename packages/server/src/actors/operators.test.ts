import { texts } from '@chat-server/protocol';
import { injectFault } from '@chat-server/supervision';
import { Chat, type Person } from './chat.suite';
import { moderatorName, registryName } from './names';
import { leaves, operator, password, proves, registers, settled, twoNodes } from './operator.suite';

const greeting = (name: string) => [texts.welcome(name), texts.helpHint] as const;

/** What shows that someone is an operator: the answer to a command that there is for these only. */
async function isOperator(person: Person): Promise<void> {
  await person.does('/lockdown', texts.lockdownIs('off'));
}

async function isNoOperator(person: Person): Promise<void> {
  for (const line of ['/lockdown', '/server ban one', '/announce hi', '/SERVER kick one']) {
    await person.does(line, texts.unknownCommand);
  }
}

test('whoever proves the password of an operator’s account is one, and nobody else', async () => {
  const chat = await Chat.start();
  await leaves(await operator(chat));
  const op = await proves(chat, 'op');
  await op.sees(...greeting('op'));
  await isOperator(op);
  const one = await registers(chat, 'one');
  await isNoOperator(one);
  const guest = await chat.login('guest');
  await isNoOperator(guest);
  expect([op.unread, one.unread, guest.unread]).toEqual(['', '', '']);
});

test('who gives an operator’s name in another case is asked for the password, and has nothing without', async () => {
  const chat = await Chat.start();
  await leaves(await operator(chat));
  const thief = chat.connects('thief', '192.0.2.1');
  await thief.reads(texts.loginPrompt);
  await thief.does('OP', texts.nameRegistered('op'));
  await thief.reads(texts.passwordPrompt);
  await thief.does('battery staple', texts.wrongPassword);
  await thief.reads(texts.loginPrompt);
  await thief.does('0p', ...greeting('0p'));
  await isNoOperator(thief);
  thief.types('/login op battery');
  await settled();
  // Wrong passwords are looked at slower each time.
  chat.clock.advance(1_000);
  await thief.sees(texts.wrongPassword);
  await isNoOperator(thief);
  expect(thief.unread).toBe('');
});

test('/login makes a guest an operator by the password, and a crash takes nothing of it', async () => {
  const chat = await Chat.start();
  await leaves(await operator(chat));
  const guest = await chat.login('guest');
  await guest.does(`/login op ${password}`, ...greeting('op'));
  await isOperator(guest);
  await guest.does('/crash connection', texts.lineFailed);
  await isOperator(guest);
  for (const [line, prompt] of [
    ['/passwd', `${texts.notEncrypted(undefined)}\r\n${texts.currentPasswordPrompt}`],
    [password, texts.newPasswordPrompt],
    ['battery staple', texts.passwordAgainPrompt],
  ] as const) {
    guest.types(line);
    await guest.reads(prompt);
  }
  await guest.does('battery staple', texts.passwordChanged);
  await leaves(guest);
  const op = await chat.login('guest');
  await op.does('/login op battery staple', ...greeting('op'));
  await isOperator(op);
  expect(op.unread).toBe('');
});

test('rights are given and taken while someone is on, on every node, at once', async () => {
  const [here, there] = await twoNodes();
  const one = await registers(there, 'one');
  expect(await here.services.operators.add('ONE', 'shell')).toBe('done');
  await one.sees(texts.nowOperator);
  await isOperator(one);
  expect(await here.services.operators.list()).toEqual(['one']);
  expect(await here.services.operators.remove('One', 'shell')).toBe('done');
  await one.sees(texts.noLongerOperator);
  await isNoOperator(one);
  expect(await here.services.operators.list()).toEqual([]);
  expect(here.records).toContainEqual(
    expect.objectContaining({ message: 'Moderation: shell used operator remove on One' }),
  );
});

test('rights that are taken while someone logs in are theirs no more', async () => {
  const chat = await Chat.start();
  await leaves(await operator(chat));
  const release = chat.store.holds('claim');
  const op = await proves(chat, 'op');
  await chat.store.waits();
  expect(await chat.services.operators.remove('op', 'shell')).toBe('done');
  release();
  await op.sees(...greeting('op'));
  await isNoOperator(op);
});

test('rights that could not be taken everywhere at once are gone within a minute', async () => {
  const [here, there] = await twoNodes();
  const op = await operator(there);
  here.store.losesTouch('append');
  expect(await here.services.operators.remove('op', 'shell')).toBe('done');
  // Each command looks at the account.
  await op.does('/announce hi', texts.notOperatorAnyMore);
  there.clock.advance(60_000);
  await op.sees(texts.noLongerOperator);
  await isNoOperator(op);
});

test('an operator’s name that is given up, and taken by someone else, gives them nothing', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  await op.does(`/unregister ${password}`, texts.unregistered('op'));
  await isNoOperator(op);
  await leaves(op);
  const other = await registers(chat, 'op');
  await isNoOperator(other);
  expect(await chat.services.operators.list()).toEqual([]);
  await leaves(other);
  const again = await proves(chat, 'op');
  await again.sees(...greeting('op'));
  await isNoOperator(again);
});

test('a name that is nobody’s cannot be made an operator’s, and who registers it later is none', async () => {
  const chat = await Chat.start();
  expect(await chat.services.operators.add('one', 'shell')).toBe('not-registered');
  expect(await chat.services.operators.remove('one', 'shell')).toBe('not-registered');
  const guest = await chat.login('one');
  expect(await chat.services.operators.add('one', 'shell')).toBe('not-registered');
  await guest.does(`/register ${password}`, texts.registered('one'));
  await isNoOperator(guest);
  expect(guest.unread).toBe('');
});

test('a guest who holds a name while another one registers and leaves it gets no rights by it', async () => {
  const [here, there] = await twoNodes();
  const guest = await here.login('one');
  // As if it had been registered where this node is not heard.
  await there.services.accounts.register('one', password);
  expect(await there.services.operators.add('one', 'shell')).toBe('done');
  await settled();
  await isNoOperator(guest);
  expect(guest.unread).toBe('');
});

test('there are no more operators than may be, and those whose names are gone make room', async () => {
  const chat = await Chat.start();
  const { accounts, operators } = chat.services;
  for (let number = 0; number < 101; number++) await accounts.register(`n${number}`, password);
  for (let number = 0; number < 100; number++) await operators.add(`n${number}`, 'shell');
  expect(await operators.add('n100', 'shell')).toBe('too-many');
  expect(await operators.add('N5', 'shell')).toBe('done');
  const account = await accounts.find('n7');
  if (account === undefined || account === 'store-away') throw new Error('no account');
  await accounts.unregister(account);
  expect(await operators.add('n100', 'shell')).toBe('done');
  expect(await operators.list()).toHaveLength(100);
});

test('with the store away rights are neither given nor taken, and that is said', async () => {
  const chat = await Chat.start();
  const op = await operator(chat);
  chat.store.losesTouch('read', 'change', 'append');
  const { operators } = chat.services;
  expect(await operators.add('op', 'shell')).toBe('store-away');
  expect(await operators.remove('op', 'shell')).toBe('store-away');
  expect(await operators.list()).toBe('store-away');
  for (const line of ['/announce hi', '/lockdown all', '/server ban one', '/server bans']) {
    await op.does(line, texts.storeAway);
  }
  chat.store.recovers();
  await isOperator(op);
});

test.each([moderatorName, registryName])(
  'operators stay operators when $name crashes',
  async (name) => {
    const chat = await Chat.start();
    const op = await operator(chat);
    const part = chat.system.whereIs(name as typeof moderatorName);
    if (part === undefined) throw new Error('it does not run');
    injectFault(part, new Error('bug'));
    await isOperator(op);
    expect(chat.crashes).toEqual([`chat/${name.name}`]);
  },
);

test('a connection whose account is gone has nothing of the one that takes its name', async () => {
  const chat = await Chat.start();
  const { accounts, operators, moderation } = chat.services;
  const op = await operator(chat);
  const account = await accounts.find('op');
  if (account === undefined || account === 'store-away') throw new Error('no account');
  // As from another connection, on another node.
  await accounts.unregister(account);
  await moderation.tell({ kind: 'operator', name: 'op' });
  await op.sees(texts.noLongerOperator);
  await accounts.register('op', 'battery staple');
  expect(await operators.add('op', 'shell')).toBe('done');
  await settled();
  await isNoOperator(op);
  expect(op.unread).toBe('');
});
