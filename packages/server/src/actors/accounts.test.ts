import { texts } from '@chat-server/protocol';
import { Chat, type Person } from './chat.suite';
import { atTerminal, withMudClient } from './terminal-person.suite';

const password = 'correct horse';
const enter = '\r\0';
const [iac, will, wont, doIt, dont, echo] = [255, 251, 252, 253, 254, 1];
const greeting = [texts.welcome('one'), texts.helpHint] as const;

let chats: Chat[] = [];

async function startChat(...args: Parameters<typeof Chat.start>): Promise<Chat> {
  const chat = await Chat.start(...args);
  chats.push(chat);
  return chat;
}

/** No secret is in anything that operators can read, after each of these tests. */
afterEach(() => {
  const told: unknown[] = chats.flatMap(({ records, reports }): unknown[] => [records, reports]);
  chats = [];
  const shown = JSON.stringify(told, (_key, value: unknown) =>
    value instanceof Error ? `${value.message} ${value.stack}` : value,
  );
  if (shown.includes(password)) throw new Error(`a secret was told:\n${shown}`);
});

async function registers(chat: Chat, name: string): Promise<Person> {
  const person = await chat.login(name);
  await person.does(`/register ${password}`, texts.registered(name));
  return person;
}

/** Someone who gives a registered name, and is asked for its password. */
async function asked(chat: Chat, name: string, address?: string): Promise<Person> {
  const person = chat.connects('somebody', address);
  await person.reads(texts.loginPrompt);
  await person.does(name, texts.nameRegistered(name));
  await person.reads(texts.passwordPrompt);
  return person;
}

async function leaves(person: Person): Promise<void> {
  person.types('/quit');
  await person.untilClosed();
}

test('a name that was registered is its owner’s, by the password, and shown as it was registered', async () => {
  const chat = await startChat();
  await leaves(await registers(chat, 'one'));
  const one = chat.connects('one');
  await one.reads(texts.loginPrompt);
  await one.does('ONE', texts.nameRegistered('one'));
  await one.reads(texts.passwordPrompt);
  await one.does(password, ...greeting);
  await one.does('/users', texts.onlineUsers(['one']));
  expect(one.unread).toBe('');
});

test('what is piped in is a name and the password on the next line', async () => {
  const chat = await startChat();
  await leaves(await registers(chat, 'one'));
  const one = chat.connects('one');
  one.types('one', password, '/users', '/quit');
  await one.reads(texts.loginPrompt);
  await one.sees(texts.nameRegistered('one'));
  await one.reads(texts.passwordPrompt);
  expect(await one.untilClosed()).toEqual([...greeting, texts.onlineUsers(['one']), texts.bye]);
});

test('a wrong password is answered slower each time, and the third one ends the connection', async () => {
  const chat = await startChat();
  await leaves(await registers(chat, 'one'));
  const other = await asked(chat, 'one', '192.0.2.1');
  await other.does('battery staple', texts.wrongPassword);
  for (const waitMs of [1_000, 2_000]) {
    await other.reads(texts.loginPrompt);
    await other.does('one', texts.nameRegistered('one'));
    await other.reads(texts.passwordPrompt);
    other.types('battery staple');
    await chat.login(`bystander${waitMs}`);
    expect(other.unread).toBe('');
    chat.clock.advance(waitMs);
    if (waitMs === 1_000) await other.sees(texts.wrongPassword);
  }
  expect(await other.untilClosed()).toEqual([texts.tooManyPasswords]);
  expect(chat.records.filter(({ message }) => message === 'Wrong password for: one')).toHaveLength(
    3,
  );
});

test('whoever took a registered name by mistake is let go with an empty line', async () => {
  const chat = await startChat();
  await leaves(await registers(chat, 'one'));
  const other = await asked(chat, 'one');
  other.types('');
  await other.reads(texts.loginPrompt);
  await other.does('two', texts.welcome('two'), texts.helpHint);
  expect(other.unread).toBe('');
});

test('nobody is let in by a name while it cannot be looked up whose it is', async () => {
  const chat = await startChat();
  await leaves(await registers(chat, 'one'));
  chat.store.losesTouch('read');
  const one = chat.connects('one');
  await one.reads(texts.loginPrompt);
  await one.does('one', texts.storeAway);
  await one.reads(texts.loginPrompt);
  chat.store.recovers();
  await one.does('one', texts.nameRegistered('one'));
  await one.reads(texts.passwordPrompt);
  chat.store.losesTouch('read');
  await one.does(password, texts.storeAway);
  await one.reads(texts.loginPrompt);
  expect(one.unread).toBe('');
});

test('a name that is registered and left while someone asks for it is not theirs', async () => {
  const chat = await startChat();
  const there = await startChat({ beside: chat });
  const owner = await there.login('one');
  const release = chat.store.holds('claim');
  const other = chat.connects('other');
  await other.reads(texts.loginPrompt);
  other.types('one');
  await owner.does('/users', texts.onlineUsers(['one']));
  release();
  await other.sees(texts.nameInUse('one'));
  const hold = chat.store.holds('read');
  await other.reads(texts.loginPrompt);
  other.types('one');
  await chat.store.waits();
  await owner.does(`/register ${password}`, texts.registered('one'));
  await leaves(owner);
  hold();
  await other.sees(texts.nameRegistered('one'));
  await other.reads(texts.passwordPrompt);
  expect(other.unread).toBe('');
});

test('a guest becomes who they are, and leaves their room as who they were', async () => {
  const chat = await startChat();
  await leaves(await registers(chat, 'one'));
  const [two, guest] = await chat.gather('Planes', 'two', 'guest');
  guest?.types('/login one');
  await guest?.reads(texts.passwordPrompt);
  await guest?.does(password, ...greeting);
  await two?.sees(texts.left('guest', 'Planes'));
  await guest?.does('/join Planes', texts.joined('one', 'Planes'));
  await two?.sees(texts.joined('one', 'Planes'));
  await two?.does('/users', texts.onlineUsers(['two', 'one']));
  const again = await chat.login('guest');
  expect(again.unread).toBe('');
});

test('where registration is required, guests look around, and talk when they have registered', async () => {
  const chat = await startChat({ registration: 'required' });
  const one = await chat.login('one');
  await one.does('/rooms', texts.noRooms);
  for (const line of ['/create Planes', '/create_private Plots', 'hi', '/w one hi', '/me waves']) {
    await one.does(line, texts.registrationRequired);
  }
  await one.does(`/register ${password}`, texts.registered('one'));
  await one.does('/create Planes', texts.roomCreated('Planes'));
  expect(one.unread).toBe('');
});

test('a bug while a secret is asked for asks for it no more', async () => {
  const chat = await startChat();
  const one = await chat.login('one');
  one.types('/register');
  await one.reads(`${texts.notEncrypted(undefined)}\r\n${texts.passwordPrompt}`);
  const [session] = chat.services.sessions.all();
  session?.displayFailed(new Error('a bug in drawing'));
  await one.sees(texts.lineFailed);
  await one.does('/users', texts.onlineUsers(['one']));
  expect(chat.crashes).toHaveLength(1);
});

test('at a terminal, nothing of a password is shown, and none is remembered', async () => {
  const chat = await startChat();
  const one = await atTerminal(chat, 'one');
  one.peer.sends(Buffer.from(`/register${enter}${password}${enter}${password}${enter}`));
  await one.peer.transcript.shows(texts.passwordPrompt);
  await one.peer.transcript.shows(texts.passwordAgainPrompt);
  await one.peer.transcript.shows('is yours now');
  expect(one.peer.transcript.all).not.toContain('correct');
  one.peer.sends(Buffer.from(`/passwd x y${enter}`));
  await one.peer.transcript.shows('at least');
  const before = one.peer.transcript.all.length;
  // Up twice: the two lines that were entered last.
  one.peer.sends(Buffer.from('\u001B[A\u001B[A\u001B[A'));
  one.peer.sends(Buffer.from('\u0015/users\r\0'));
  await one.peer.transcript.shows(texts.onlineUsers(['one']));
  expect(one.peer.transcript.all.slice(before)).not.toMatch(/passwd|register|correct/);
});

test('a telnet client that shows who it is while it is asked for a password shows nothing of it', async () => {
  const chat = await startChat();
  await leaves(await registers(chat, 'one'));
  const one = chat.connects('one');
  await one.reads(texts.loginPrompt);
  one.peer.sends(Buffer.from('one\r\n'));
  await one.peer.transcript.shows(texts.passwordPrompt);
  one.peer.sends(Buffer.from([iac, will, 24]));
  const isXterm = Buffer.from([iac, 250, 24, 0, ...Buffer.from('xterm'), iac, 240]);
  one.peer.sends(Buffer.concat([isXterm, isXterm]));
  one.peer.sends(Buffer.from([iac, doIt, echo, iac, doIt, 3]));
  one.peer.sends(Buffer.from(`${password}${enter}`));
  await one.peer.transcript.shows(texts.welcome('one'));
  await one.peer.transcript.shows('lobby> ');
  one.peer.sends(Buffer.from(`/users${enter}`));
  await one.peer.transcript.shows(texts.onlineUsers(['one']));
  expect(one.peer.transcript.all).not.toContain('correct');
});

test('a client that edits its own lines is told to show nothing while it is asked for a secret', async () => {
  const chat = await startChat();
  const one = await withMudClient(chat, 'one', 1 + 8);
  const before = one.peer.shared.length;
  one.peer.sends(Buffer.from('/register\r\n'));
  await one.peer.transcript.shows(texts.passwordPrompt);
  one.peer.sends(Buffer.from([iac, doIt, echo]));
  one.peer.sends(Buffer.from(`${password}\r\n`));
  await one.peer.transcript.shows(texts.passwordAgainPrompt);
  one.peer.sends(Buffer.from(`${password}\r\n`));
  await one.peer.transcript.shows('is yours now');
  one.peer.sends(Buffer.from([iac, dont, echo]));
  const negotiated = one.peer.shared.slice(before).map((bytes) => Array.from(bytes));
  expect(negotiated.filter((bytes) => bytes[0] === iac && bytes[2] === echo)).toEqual([
    [iac, will, echo],
    [iac, wont, echo],
  ]);
  // Behind the prompt is what tells a MUD client that it is one.
  expect(one.peer.transcript.all).toMatch(/Password: [^\r]*\r\nThe same again: [^\r]*\r\n/);
});
