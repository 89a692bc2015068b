import { showDuration, texts } from '@chat-server/protocol';
import type { RoomEvent } from '../domain/room-event';
import { channelOf, documentOf, moderationChannel } from '../store/keys';
import { valueOf } from '../store/store-fixture.suite';
import { Chat } from './chat.suite';
import { becomes, twoNodes } from './two-nodes.suite';

const kickLine = texts.moderated('one', texts.kickDeed('two', 'Planes', 'spam'));

test('who is kicked is out at once on their node, reads why, and can come back', async () => {
  const { one, two } = await twoNodes();
  await one.does('/kick TWO spam', kickLine);
  await two.sees(kickLine, texts.kickedYou('one', 'Planes', 'spam'));
  await two.does('hello?', texts.notInRoom);
  await one.does('/who', texts.roomMembers('Planes', ['one']));
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  await one.sees(texts.joined('two', 'Planes'));
  expect([one.unread, two.unread]).toEqual(['', '']);
});

test('who is banned is out, and stays out on every node until the ban ends', async () => {
  const { here, there, one, two } = await twoNodes();
  const untilMs = here.clock.now() + 3_600_000;
  const line = texts.moderated('one', texts.banDeed('two', 'Planes', untilMs, 'spam'));
  await one.does('/ban two 1h spam', line);
  await two.sees(
    line,
    texts.bannedYou('one', 'Planes', texts.end(untilMs, here.clock.now()), 'spam'),
  );
  here.clock.advance(60_000);
  const refused = texts.banned('Planes', texts.end(untilMs, here.clock.now()), 'spam');
  expect(refused).toContain(`, ${showDuration(59 * 60_000)} left: spam`);
  await two.does('/join Planes', refused);
  await two.does('/quit', texts.bye);
  const again = await here.login('Two');
  await again.does('/join Planes', refused);
  await one.does('/invite two', texts.isBannedThere('Two', 'Planes'));
  here.clock.advance(3_600_000);
  await again.does('/join Planes', texts.joined('Two', 'Planes'));
  await one.sees(texts.joined('Two', 'Planes'));
  expect(there.crashes).toEqual([]);
});

test('a ban is lifted by /unban, and /bans lists those there are to the owner only', async () => {
  const { here, one, two } = await twoNodes();
  await one.does('/bans', texts.noBans('Planes'));
  await one.does('/ban nobody', texts.moderated('one', texts.banDeed('nobody', 'Planes')));
  await two.sees(texts.moderated('one', texts.banDeed('nobody', 'Planes')));
  await one.does(
    '/bans',
    texts.bansOf('Planes'),
    texts.banLine('nobody', 'one', texts.end(undefined, 0)),
  );
  await two.does('/bans', texts.notOwner('Planes', 'one'));
  await one.does('/unban nobody', texts.moderated('one', texts.unbanDeed('nobody', 'Planes')));
  await two.sees(texts.moderated('one', texts.unbanDeed('nobody', 'Planes')));
  await one.does('/bans', texts.noBans('Planes'));
  expect(here.crashes).toEqual([]);
});

test('who is muted reads all, and is told at each try why they write nothing, and until when', async () => {
  const { here, one, two } = await twoNodes();
  const untilMs = here.clock.now() + 600_000;
  const line = texts.moderated('one', texts.muteDeed('two', untilMs, 'calm down'));
  await one.does('/mute two 10m calm down', line);
  const end = texts.end(untilMs, here.clock.now());
  await two.sees(line, texts.mutedYou('one', 'Planes', end, 'calm down'));
  for (const tried of ['hi', '/me waves', '/topic mine']) {
    await two.does(tried, texts.muted('Planes', end, 'calm down'));
  }
  one.types('you hear me');
  await two.sees('[one]: you hear me');
  here.clock.advance(600_000);
  two.types('at last');
  await one.sees('[two]: at last');
  await one.does('/mute two', texts.moderated('one', texts.muteDeed('two')));
  await two.sees(
    texts.moderated('one', texts.muteDeed('two')),
    texts.mutedYou('one', 'Planes', texts.end(undefined, 0)),
  );
  await one.does('/unmute two', texts.moderated('one', texts.unmuteDeed('two')));
  await two.sees(
    texts.moderated('one', texts.unmuteDeed('two')),
    texts.unmutedYou('one', 'Planes'),
  );
  two.types('and again');
  await one.sees('[two]: and again');
  expect(here.crashes).toEqual([]);
});

test('a line that comes to the log behind its author’s mute is nobody’s to read, then or later', async () => {
  const { here, there, one, two } = await twoNodes();
  const letGo = there.store.holds('append');
  two.types('a last word');
  await there.store.waits();
  await one.does('/mute two', texts.moderated('one', texts.muteDeed('two')));
  letGo();
  const read = await two.peer.transcript.until(texts.muted('Planes', texts.end(undefined, 0)));
  expect(read[0]).toBe(texts.moderated('one', texts.muteDeed('two')));
  await one.does('/history', texts.noHistory('Planes'));
  const tail = await valueOf(here.memory.tail<RoomEvent>(channelOf('planes'), 10));
  expect(tail.entries.at(-1)).toMatchObject({ kind: 'said', text: 'a last word' });
  expect(one.unread).toBe('');
});

test('an invitation that is taken back puts its guest out, and lets them in no more', async () => {
  const here = await Chat.start();
  const one = await here.login('one');
  await one.does(
    '/create_private Secret',
    texts.roomCreated('Secret'),
    texts.guestsRoom('Secret', true),
  );
  const two = await here.login('two');
  await one.does('/uninvite two Secret', texts.notInvited('two', 'Secret'));
  await one.does('/invite two Secret', texts.invited('two', 'Secret'));
  await two.sees(texts.invitation('one', 'Secret'));
  await two.does('/join Secret', texts.joined('two', 'Secret'));
  await one.does('/uninvite two Secret', texts.uninvited('two', 'Secret'));
  await two.sees(
    texts.moderated('one', texts.uninviteDeed('two')),
    texts.uninvitedYou('one', 'Secret'),
  );
  await two.does('hello?', texts.notInRoom);
  await two.does('/join Secret', texts.roomIsPrivate('Secret'));
  expect(here.crashes).toEqual([]);
});

test('a room that is given to someone is theirs on every node, and not the giver’s any more', async () => {
  const { here, one, two } = await twoNodes();
  await one.does('/transfer nobody', texts.nobodyOfThatName('nobody'));
  const line = texts.moderated('one', texts.transferDeed('two', 'Planes'));
  await one.does('/transfer two', line);
  await two.sees(line, texts.roomGivenToYou('one', 'Planes'));
  await one.does('/kick two', texts.notOwner('Planes', 'two'));
  const kicked = texts.moderated('two', texts.kickDeed('one', 'Planes'));
  await two.does('/kick one', kicked);
  await one.sees(kicked, texts.kickedYou('two', 'Planes'));
  expect(here.crashes).toEqual([]);
});

test('of two who give a room away at once, one is told that it is not theirs', async () => {
  const { here, there, one, two } = await twoNodes();
  becomes(there, 'two', { isOperator: true });
  const three = await here.login('three');
  one.types('/transfer three');
  two.types('/transfer two');
  await three.sees(texts.roomGivenToYou('one', 'Planes'));
  const room = await valueOf(here.memory.read(documentOf('planes')));
  expect(room).toMatchObject({ owner: 'two' });
  await one.does(
    '/transfer one',
    texts.moderated('one', texts.transferDeed('three', 'Planes')),
    texts.moderated('two', texts.transferDeed('two', 'Planes')),
    texts.notOwner('Planes', 'two'),
  );
});

test('nobody puts out themselves, the owner, or an operator of the server; an operator anyone', async () => {
  const { here, there, one, two } = await twoNodes();
  await two.does('/kick one', texts.notOwner('Planes', 'one'));
  for (const command of ['kick', 'ban', 'mute']) {
    await one.does(`/${command} one`, texts.notToYourself);
  }
  becomes(there, 'two', { isOperator: true });
  await one.does('/ban two', texts.moderated('one', texts.banDeed('two', 'Planes')));
  // Their node was not told yet that they are one; they stay all the same.
  await two.sees(
    texts.moderated('one', texts.banDeed('two', 'Planes')),
    texts.bannedYou('one', 'Planes', texts.end(undefined, 0)),
  );
  two.types('still here');
  await one.sees('[two]: still here');
  const known = here.services.directory.find('two');
  if (known !== undefined) here.services.directory.put({ ...known, isOperator: true });
  await one.does('/kick two', texts.notToOperator('two'));
  const line = texts.moderated('two', texts.kickDeed('one', 'Planes'));
  await two.does('/kick one', line);
  await one.sees(line, texts.kickedYou('two', 'Planes'));
  expect(here.crashes).toEqual([]);
});

test('in slow mode each person writes one line in a time, but for who rules the room', async () => {
  const { here, one, two } = await twoNodes();
  const line = texts.moderated('one', texts.slowDeed(10_000));
  await one.does('/slow 10s', line);
  await two.sees(line);
  two.types('first');
  await one.sees('[two]: first');
  here.clock.advance(4_000);
  await two.does('second', texts.slowWait('Planes', 6_000));
  await two.does('/me waves', texts.slowWait('Planes', 6_000));
  await two.does('/topic mine', texts.slowTopic('Planes'));
  one.types('a', 'b');
  await two.sees('[one]: a', '[one]: b');
  const three = await here.login('three');
  await three.does(
    '/join Planes',
    texts.joined('three', 'Planes'),
    texts.slowMode('Planes', 10_000),
  );
  here.clock.advance(6_000);
  two.types('third');
  await three.sees('[two]: third');
  await one.sees(texts.joined('three', 'Planes'), '[two]: third');
  await one.does('/slow off', texts.moderated('one', texts.slowDeed()));
  await two.sees(texts.joined('three', 'Planes'), texts.moderated('one', texts.slowDeed()));
  two.types('x', 'y');
  await one.sees('[two]: x', '[two]: y');
  expect(here.crashes).toEqual([]);
});

test('in slow mode a second line that another node let pass too soon is withheld on all', async () => {
  const { here, there, one, two } = await twoNodes();
  await one.does('/slow 10s', texts.moderated('one', texts.slowDeed(10_000)));
  await two.sees(texts.moderated('one', texts.slowDeed(10_000)));
  const letGo = there.store.holds('append');
  two.types('by one connection');
  await there.store.waits();
  // The same person, by a connection to the other node.
  const line = (text: string): RoomEvent => {
    const now = here.clock.now();
    return { kind: 'said', atMs: now, by: 'TWO', origin: 'n.9', text, paceMs: 10_000 };
  };
  await here.memory.append(channelOf('planes'), [line('by the other')]);
  letGo();
  await one.sees('[TWO]: by the other');
  await two.sees('[TWO]: by the other', texts.slowWait('Planes', 10_000));
  expect(one.unread).toBe('');
});

test('what an owner does is kept for operators, with the reason and the end', async () => {
  const { here, one } = await twoNodes();
  const atMs = here.clock.now();
  await one.does('/slow 10s', texts.moderated('one', texts.slowDeed(10_000)));
  one.types('/mute two 1m shh');
  await one.sees(texts.moderated('one', texts.muteDeed('two', atMs + 60_000, 'shh')));
  await one.does(
    '/bans',
    texts.mutesOf('Planes'),
    texts.banLine('two', 'one', texts.end(atMs + 60_000, atMs), 'shh'),
  );
  const records = await valueOf(here.memory.tail(moderationChannel, 10));
  expect(records.entries).toEqual([
    { atMs, by: 'one', action: 'slow', target: 'Planes', room: 'Planes', reason: '10 s' },
    {
      atMs,
      by: 'one',
      action: 'mute',
      target: 'two',
      room: 'Planes',
      reason: 'shh',
      untilMs: atMs + 60_000,
    },
  ]);
});
