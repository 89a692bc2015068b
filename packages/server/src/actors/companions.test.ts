import { texts } from '@chat-server/protocol';
import { again, asked, leaves, password, registers } from './account.suite';
import { Chat, type Person } from './chat.suite';
import { atTerminal } from './terminal-person.suite';

/** Two nodes on one store, and a room that somebody else is in. */
async function scene(): Promise<{ here: Chat; there: Chat; two: Person }> {
  const here = await Chat.start();
  const there = await Chat.start({ beside: here });
  const [two] = await here.gather('Planes', 'two');
  if (two === undefined) throw new Error('nobody came');
  await two.does('/create Trains', texts.roomCreated('Trains'));
  return { here, there, two };
}

/** Someone with a connection on each node, both of them in a room. */
async function companions() {
  const { here, there, two } = await scene();
  const one = await registers(here, 'one');
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  await two.sees(texts.joined('one', 'Planes'));
  const other = await again(there, 'one');
  await other.sees(texts.joinedElsewhere('Planes'));
  return { here, there, two, one, other };
}

/** What they have been shown that they did not expect. */
function unreadBy(...people: readonly Person[]): string {
  return people.map(({ unread }) => unread).join('');
}

describe('one more connection of somebody', () => {
  test('is where the others are, and nobody there is told', async () => {
    const { here, two, one, other } = await companions();
    const third = await again(here, 'one');
    await third.sees(texts.joinedElsewhere('Planes'));
    two.types('hi');
    for (const each of [one, other, third]) await each.sees('[two]: hi');
    const whois = texts.whois('one', 0, 'Planes', undefined, true);
    await two.does('/whois one', whois);
    await one.does('/whois one', whois, texts.connectedTimes(3));
    for (const each of [one, two]) {
      await each.does('/users', texts.onlineUsers(['two', 'one']));
      await each.does('/who', texts.roomMembers('Planes', ['two', 'one']));
    }
    expect(unreadBy(one, two, other, third)).toBe('');
  });

  test('shows what they say on the others, whichever they say it on', async () => {
    const { two, one, other } = await companions();
    one.types('here');
    for (const each of [two, other]) await each.sees('[one]: here');
    other.types('/me is there');
    for (const each of [two, one]) await each.sees('* one is there');
    expect(unreadBy(one, two, other)).toBe('');
  });

  test('ends alone, and they have left when the last one ends', async () => {
    const { here, two, one, other } = await companions();
    await leaves(one);
    await two.does('/who', texts.roomMembers('Planes', ['two', 'one']));
    other.types('still here');
    await two.sees('[one]: still here');
    await leaves(other);
    await two.sees(texts.left('one', 'Planes'));
    await two.does('/users', texts.onlineUsers(['two']));
    const guest = here.connects('guest');
    await guest.reads(texts.loginPrompt);
    await guest.does('one', texts.nameRegistered('one'));
    expect(unreadBy(two)).toBe('');
  });

  test('is refused beyond as many as there may be', async () => {
    const chat = await Chat.start({ limits: { connectionsPerAccountMax: 2 } });
    await registers(chat, 'one');
    await again(chat, 'one');
    const third = await asked(chat, 'one');
    await third.does(password, texts.accountFull('one', 2));
    await third.reads(texts.loginPrompt);
    expect(unreadBy(third)).toBe('');
  });

  test('is no guest’s: their name stays one connection', async () => {
    const { here, there } = await scene();
    await here.login('guest');
    for (const chat of [here, there]) {
      const other = chat.connects('guest');
      await other.reads(texts.loginPrompt);
      await other.does('guest', texts.nameInUse('guest'));
    }
    const presences = there.services.directory.allOf('guest');
    expect(presences).toHaveLength(1);
  });

  test('that is lost, not ended, leaves the others where they are', async () => {
    const { two, one, other } = await companions();
    other.peer.hangsUp('error');
    one.types('anyone?');
    await two.sees('[one]: anyone?');
    expect(unreadBy(one, two)).toBe('');
  });
});

describe('what one does on one connection, the others do too:', () => {
  test('entering another room', async () => {
    const { two, one, other } = await companions();
    await other.does('/join Trains', texts.joined('one', 'Trains'));
    await one.sees(texts.joinedElsewhere('Trains'));
    await two.sees(texts.left('one', 'Planes'));
    await two.does('/join Trains', texts.joined('two', 'Trains'));
    for (const each of [one, other]) await each.sees(texts.joined('two', 'Trains'));
    await two.does('/who', texts.roomMembers('Trains', ['one', 'two']));
    expect(unreadBy(one, two, other)).toBe('');
  });

  test('leaving', async () => {
    const { two, one, other } = await companions();
    await one.does('/leave', texts.leftRoom('Planes'));
    await other.sees(texts.leftElsewhere('Planes'));
    await two.sees(texts.left('one', 'Planes'));
    await other.does('hello?', texts.notInRoom);
    expect(unreadBy(one, two, other)).toBe('');
  });

  test('being in a room that is destroyed', async () => {
    const { two, one, other } = await companions();
    await two.does('/destroy Planes', texts.roomBeingDestroyed, texts.roomDestroyed('Planes'));
    for (const each of [one, other]) await each.sees(texts.roomBeingDestroyed);
    await one.does('/join Trains', texts.joined('one', 'Trains'));
    await other.sees(texts.joinedElsewhere('Trains'));
    expect(unreadBy(one, two, other)).toBe('');
  });

  test('being away, and being back', async () => {
    const { there, two, one, other } = await companions();
    await one.does('/away tea', texts.youAreAway('tea'));
    await other.sees(texts.youAreAway('tea'));
    await two.does('/w one hi', texts.isAway('one', 'tea'));
    for (const each of [one, other]) await each.sees('<<two>>: hi');
    const third = await again(there, 'one');
    await third.sees(texts.youAreAway('tea'), texts.joinedElsewhere('Planes'));
    await third.does('/back', texts.youAreBack);
    for (const each of [one, other]) await each.sees(texts.youAreBack);
    expect(unreadBy(one, two, other, third)).toBe('');
  });

  test('ignoring somebody', async () => {
    const { two, one, other } = await companions();
    await other.does('/ignore two', texts.ignoring('two'));
    await one.sees(texts.ignoredUsers(['two']));
    two.types('spam');
    await two.does('/users', texts.onlineUsers(['two', 'one']));
    await one.does('/unignore two', texts.notIgnoring('two'));
    await other.sees(texts.ignoredUsers([]));
    two.types('hi');
    for (const each of [one, other]) await each.sees('[two]: hi');
    expect(unreadBy(one, two, other)).toBe('');
  });

  test('being whispered to, and answering', async () => {
    const { there, two, one, other } = await companions();
    two.types('/w one psst');
    for (const each of [one, other]) await each.sees('<<two>>: psst');
    const third = await again(there, 'one');
    await third.sees(texts.joinedElsewhere('Planes'));
    third.types('/reply what?');
    await two.sees('<<one>>: what?');
    for (const each of [one, other]) await each.sees(texts.youWhispered('two', 'what?'));
    expect(unreadBy(one, two, other, third)).toBe('');
  });

  test('being invited', async () => {
    const { two, one, other } = await companions();
    await two.does(
      '/create_private Plots',
      texts.roomCreated('Plots'),
      texts.guestsRoom('Plots', true),
    );
    await two.does('/invite one Plots', texts.invited('one', 'Plots'));
    for (const each of [one, other]) await each.sees(texts.invitation('two', 'Plots'));
    await other.does('/join Plots', texts.joined('one', 'Plots'));
    await one.sees(texts.joinedElsewhere('Plots'));
    await two.sees(texts.left('one', 'Planes'));
    expect(unreadBy(one, two, other)).toBe('');
  });
});

test('a guest who registers is joined by their other connections where they are', async () => {
  const { here, there, two } = await scene();
  const one = await here.login('one');
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  await two.sees(texts.joined('one', 'Planes'));
  await one.does('/away tea', texts.youAreAway('tea'));
  await one.does(`/register ${password}`, texts.registered('one'));
  const other = await again(there, 'one');
  await other.sees(texts.youAreAway('tea'), texts.joinedElsewhere('Planes'));
  expect(unreadBy(one, two, other)).toBe('');
});

test('whoever gives their name up keeps it, and their other connections have to log in again', async () => {
  const { there, two, one, other } = await companions();
  await one.does(`/unregister ${password}`, texts.unregistered('one'));
  await other.sees(texts.givenUpElsewhere('one'));
  await other.reads(texts.loginPrompt);
  await other.does('one', texts.nameInUse('one'));
  await other.reads(texts.loginPrompt);
  await other.does('three', texts.welcome('three'), texts.helpHint);
  await two.does('/who', texts.roomMembers('Planes', ['two', 'one']));
  one.types('a guest again');
  await two.sees('[one]: a guest again');
  await one.does(`/register ${password}`, texts.registered('one'));
  const third = await again(there, 'one');
  await third.sees(texts.joinedElsewhere('Planes'));
  await leaves(one);
  await leaves(third);
  await two.sees(texts.left('one', 'Planes'));
  expect(unreadBy(two, other)).toBe('');
});

test('a guest who logs in as who they are goes where their other connection is', async () => {
  const { here, two, one } = await companions();
  const guest = await here.login('guest');
  await guest.does('/join Trains', texts.joined('guest', 'Trains'));
  guest.types(`/login one ${password}`);
  await guest.sees(texts.welcome('one'), texts.helpHint, texts.joinedElsewhere('Planes'));
  await two.does('/users', texts.onlineUsers(['two', 'one']));
  expect(unreadBy(one, two, guest)).toBe('');
});

test('a room counts somebody once, and lets in all of their connections', async () => {
  const here = await Chat.start({ limits: { roomMembersMax: 2 } });
  const there = await Chat.start({ beside: here, limits: { roomMembersMax: 2 } });
  const [two] = await here.gather('Planes', 'two');
  const one = await registers(here, 'one');
  await one.does('/join Planes', texts.joined('one', 'Planes'));
  await two?.sees(texts.joined('one', 'Planes'));
  for (const chat of [here, there]) {
    await (await again(chat, 'one')).sees(texts.joinedElsewhere('Planes'));
  }
  const three = await there.login('three');
  await three.does('/join Planes', texts.roomIsFull('Planes', 2));
  expect([two?.unread, one.unread, three.unread]).toEqual(['', '', '']);
});

test('at a terminal, one sees once what one says there, and what one says elsewhere', async () => {
  const { here, two, one } = await companions();
  const terminal = await atTerminal(here, 'guest');
  terminal.peer.sends(Buffer.from(`/login one ${password}\r\0`));
  await terminal.peer.transcript.shows(texts.joinedElsewhere('Planes'));
  one.types('from the plain one');
  await terminal.peer.transcript.shows('from the plain one');
  terminal.peer.sends(Buffer.from('from the terminal, one\r\0'));
  await two.sees('[one]: from the plain one', '[one]: from the terminal, one');
  await one.sees('[one]: from the terminal, one');
  two.types('hi');
  await terminal.peer.transcript.shows('hi');
  const drawn = terminal.peer.transcript.all;
  // Nobody is called by their own words.
  expect(drawn).not.toContain('\u0007');
  expect(one.unread).toBe('[two]: hi\r\n');
});

describe('who is told to connect again, and has another connection,', () => {
  test('is back where it is, and shown what was missed', async () => {
    const { here, there, two, one, other } = await companions();
    there.services.returns.expectAll();
    await leaves(other);
    two.types('meanwhile');
    await one.sees('[two]: meanwhile');
    const next = await again(here, 'one');
    await next.sees(
      texts.joinedElsewhere('Planes'),
      texts.missedMeanwhile('Planes', 1, 1),
      '[two]: meanwhile',
    );
    expect(unreadBy(one, two, next)).toBe('');
  });

  test('goes where it has gone meanwhile', async () => {
    const { here, there, two, one, other } = await companions();
    there.services.returns.expectAll();
    await leaves(other);
    await one.does('/join Trains', texts.joined('one', 'Trains'));
    await two.sees(texts.left('one', 'Planes'));
    const next = await again(here, 'one');
    await next.sees(texts.joinedElsewhere('Trains'));
    expect(unreadBy(one, two, next)).toBe('');
  });

  test('is in no room where it has left', async () => {
    const { here, there, two, one, other } = await companions();
    there.services.returns.expectAll();
    await leaves(other);
    await one.does('/leave', texts.leftRoom('Planes'));
    await two.sees(texts.left('one', 'Planes'));
    const next = await again(here, 'one');
    await next.does('hello?', texts.notInRoom);
    expect(unreadBy(one, two, next)).toBe('');
  });
});
