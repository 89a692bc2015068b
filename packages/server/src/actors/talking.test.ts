import { texts } from '@chat-server/protocol';
import { Chat } from './chat.suite';

test('a whisper reaches one person only, and can be replied to', async () => {
  const chat = await Chat.start();
  const [one, two, three] = await chat.gather('Planes', 'one', 'two', 'three');
  one?.types('/whisper TWO psst');
  await two?.sees('<<one>>: psst');
  two?.types('/reply what?');
  await one?.sees('<<two>>: what?');
  one?.types('/r never mind');
  await two?.sees('<<one>>: never mind');
  await three?.does('/users', texts.onlineUsers(['one', 'two', 'three']));
  expect([one, two, three].map((person) => person?.unread)).toEqual(['', '', '']);
});

test('whoever ignores someone sees neither what they say nor what they whisper, until they do again', async () => {
  const chat = await Chat.start();
  const [one, two, three] = await chat.gather('Planes', 'one', 'two', 'three');
  await one?.does('/ignore TWO', texts.ignoring('TWO'));
  two?.types('hidden', '/me hides', '/whisper one hidden', '/topic seen');
  await three?.sees('[two]: hidden', '* two hides', texts.topicSet('two', 'seen'));
  await one?.sees(texts.topicSet('two', 'seen'));
  three?.types('shown');
  await one?.sees('[three]: shown');
  await one?.does('/ignore', texts.ignoredUsers(['two']));
  await one?.does('/unignore two', texts.notIgnoring('two'));
  two?.types('seen');
  await one?.sees('[two]: seen');
  expect(one?.unread).toBe('');
});

test('someone who is ignored cannot be replied to by accident', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const two = await chat.login('two');
  await one.does('/ignore two', texts.ignoring('two'));
  two.types('/whisper one psst', '/users');
  await two.sees(texts.onlineUsers(['one', 'two']));
  await one.does('/reply what', texts.nobodyToReplyTo);
  expect(chat.crashes).toHaveLength(0);
});

test('someone who is away is said to be, until they are back', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const two = await chat.login('two');
  await one.does('/away having tea', texts.youAreAway('having tea'));
  await two.does('/whisper one hi', texts.isAway('one', 'having tea'));
  await one.sees('<<two>>: hi');
  await two.does('/whois one', texts.whois('one', 0, undefined, 'having tea', false));
  await one.does('/back', texts.youAreBack);
  await two.does('/whois one', texts.whois('one', 0, undefined, undefined, false));
  await one.does('/back', texts.youWereNotAway);
  expect(chat.crashes).toHaveLength(0);
});

test('/whois shows the room that one is in', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  chat.clock.advance(90_000);
  const two = await chat.login('two');
  await two.does(
    '/whois ONE',
    'one is a guest, has been online for 1 min, is in room Planes, and is not away',
  );
  await one?.does('/leave', texts.leftRoom('Planes'));
  await two.does('/whois one', texts.whois('one', 90_000, undefined, undefined, false));
  expect(two.unread).toBe('');
});

test('what does not keep up with reading is not written to: the whisperer is told', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const two = await chat.login('two');
  two.peer.takeOnly(0);
  await one.does('/whisper two hi', texts.notKeepingUp('two'));
  two.peer.drain();
  one.types('/whisper two again');
  await two.sees('<<one>>: again');
  expect(two.unread).toBe('');
});

test('invitations do not pile up for someone who does not read', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  const two = await chat.login('two');
  two.peer.takeOnly(0);
  for (let count = 0; count < 10; count++) {
    one?.types('/invite two');
    await one?.peer.transcript.line();
  }
  await one?.does('/users', texts.onlineUsers(['one', 'two']));
  expect(two.unread).toBe('');
});

test('whoever does not read is not answered further, and is once they read again', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  one.peer.takeOnly(1);
  one.types('/users', '/users', '/users');
  const two = await chat.login('two');
  await two.does('/users', texts.onlineUsers(['one', 'two']));
  const users = texts.onlineUsers(['one']);
  const before = one.unread.split(users).length - 1;
  expect(before).toBeLessThanOrEqual(3);
  one.peer.drain();
  await one.peer.transcript.line();
  await one.peer.transcript.line();
  await one.peer.transcript.line();
  expect(one.unread).toBe('');
});

test('lines that cannot harm a terminal are all that anyone reads', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.types(
    '\u001b]0;owned\u0007hi\u009b2J\u202e',
    '/whisper two \u001b[2Jx',
    '/topic \u0007ding',
  );
  const lines = [];
  for (let line = 0; line < 3; line++) lines.push(await two?.peer.transcript.line());
  expect(new Set(lines)).toEqual(
    new Set(['[one]: ]0;ownedhi2J', '<<one>>: [2Jx', texts.topicSet('one', 'ding')]),
  );
});
