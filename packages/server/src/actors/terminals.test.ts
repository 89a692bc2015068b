import { texts } from '@chat-server/protocol';
import { Chat } from './chat.suite';
import { atTerminal, withMudClient } from './terminal-person.suite';

const bell = '\u0007';
const enter = '\r\0';

test('whoever types sees their own words when the room has them, and others do too', async () => {
  const chat = await Chat.start();
  const [two] = await chat.gather('Planes', 'two');
  const one = await atTerminal(chat, 'one');
  one.peer.sends(Buffer.from(`/join Planes${enter}`));
  await one.peer.transcript.shows('#Planes> ');
  one.peer.sends(Buffer.from(`hello${enter}`));
  await two?.sees(texts.joined('one', 'Planes'), '[one]: hello');
  await one.peer.transcript.shows(': hello\r\n');
  await one.peer.transcript.shows('#Planes> ');
  expect(one.unread).toBe('');
});

test('a whisper rings the bell, unless nothing is to', async () => {
  const chat = await Chat.start();
  const two = await chat.login('two');
  const one = await atTerminal(chat, 'one');
  two.types('/w one psst');
  await one.peer.transcript.shows(': psst\r\n');
  expect(one.peer.transcript.all).toContain(bell);
  one.peer.sends(Buffer.from(`/bell off${enter}`));
  await one.peer.transcript.shows(texts.bellSet('off'));
  const before = one.peer.transcript.all.length;
  two.types('/w one again');
  await one.peer.transcript.shows(': again\r\n');
  expect(one.peer.transcript.all.slice(before)).not.toContain(bell);
});

test('a bug that a key hits costs a line of apology, and the terminal goes on', async () => {
  const chat = await Chat.start();
  const one = await atTerminal(chat, 'one');
  const [session] = chat.services.sessions.all();
  const { complete } = session?.client ?? {};
  if (session === undefined) throw new Error('one is connected');
  session.client.complete = () => {
    throw new Error('a bug in completion');
  };
  one.peer.sends(Buffer.from('/jo\t'));
  await one.peer.transcript.shows('went wrong on our side');
  await one.peer.transcript.shows('lobby> ');
  session.client.complete = complete;
  one.peer.sends(Buffer.from(`/users${enter}`));
  await one.peer.transcript.shows(texts.onlineUsers(['one']));
  expect(chat.crashes).toHaveLength(1);
});

test('Tab offers rooms, but none that are private and not for one', async () => {
  const chat = await Chat.start();
  const two = await chat.login('two');
  await two.does('/create Planes', texts.roomCreated('Planes'));
  await two.does(
    '/create_private Plots',
    texts.roomCreated('Plots'),
    texts.guestsRoom('Plots', true),
  );
  const one = await atTerminal(chat, 'one');
  await two.does('/users', texts.onlineUsers(['two', 'one']));
  one.peer.sends(Buffer.from('/join pl\t'));
  await one.peer.transcript.shows('/join pl');
  await one.peer.transcript.shows('Planes ');
  expect(one.peer.transcript.all).not.toContain('Plots');
});

test('a MUD client has colours and wrapped lines, and no copy of its own words', async () => {
  const chat = await Chat.start();
  const [two] = await chat.gather('Planes', 'two');
  const one = await withMudClient(chat, 'one', 1 + 8);
  one.peer.sends(Buffer.from('/join Planes\r\nhello\r\n'));
  await two?.sees(texts.joined('one', 'Planes'), '[one]: hello');
  two?.types('word '.repeat(30));
  await one.peer.transcript.shows('\u001B[38;5;');
  await one.peer.transcript.shows('word\r\n       word');
  expect(one.peer.transcript.all).not.toContain(': hello');
});

test('a screen reader is given plain lines: no colours, no wrapping, nothing drawn twice', async () => {
  const chat = await Chat.start();
  const [two] = await chat.gather('Planes', 'two');
  const one = await withMudClient(chat, 'one', 1 + 8 + 64);
  one.peer.sends(Buffer.from('/join Planes\r\n'));
  await two?.sees(texts.joined('one', 'Planes'));
  const long = 'word '.repeat(30).trim();
  two?.types(long);
  await one.peer.transcript.shows(`[two]: ${long}\r\n`);
  expect(one.peer.transcript.all).not.toContain('\u001B');
});

test('a telnet client that is silent is sent a byte that it does not show, and a plain one is not', async () => {
  const chat = await Chat.start();
  const plain = await chat.login('plain');
  const one = await atTerminal(chat, 'one');
  const before = one.peer.shared.length;
  chat.clock.advance(61_000);
  await plain.does('/users', texts.onlineUsers(['plain', 'one']));
  expect(one.peer.shared.slice(before).map((bytes) => Array.from(bytes))).toEqual([[0xff, 241]]);
  expect(plain.peer.shared).toHaveLength(0);
});

test('^D on an empty line quits, and the terminal is left as it was found', async () => {
  const chat = await Chat.start();
  const one = await atTerminal(chat, 'one');
  one.peer.sends(Buffer.from('\u0004'));
  await one.peer.transcript.shows('Bye.\r\n');
  expect(one.peer.transcript.all).toMatch(/\[\?2004h[^]*\[\?2004l[^]*$/);
  expect(one.unread).not.toContain('lobby> ');
});
