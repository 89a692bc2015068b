import { texts } from '@chat-server/protocol';
import type { RoomEvent } from '../domain/room-event';
import { FakeMember } from './fake-member.suite';
import { catchUp, fanOut } from './fan-out';
import { Ring } from './ring';

const one = new FakeMember('one');

function ringOf(...lines: readonly string[]): Ring {
  const ring = new Ring(100);
  ring.push(
    1,
    lines.map((line) => one.said(line)),
  );
  return ring;
}

test('every member who is up to date gets the very same buffer, in one write', () => {
  const members = ['a', 'b', 'c'].map((name) => new FakeMember(name));
  const seats = members.map((member) => member.seat(0));
  fanOut(seats, ringOf('hi', 'there'), 0, 'Planes');
  const [first] = members.map(({ peer }) => peer.shared[0]);
  for (const { peer, lines } of members) {
    expect(lines).toEqual(['[one]: hi', '[one]: there']);
    expect(peer.shared).toHaveLength(1);
    expect(peer.shared[0]).toBe(first);
  }
  expect(seats.map(({ cursor }) => cursor)).toEqual([2, 2, 2]);
});

test('an author gets everything but their own words', () => {
  const author = new FakeMember('author');
  const ring = new Ring(100);
  ring.push(1, [
    author.said('mine'),
    one.said('hi'),
    { ...author.said('waves'), kind: 'acted' },
    { ...author.said('wings'), kind: 'topic' },
  ]);
  fanOut([author.seat(0)], ring, 0, 'Planes');
  expect(author.lines).toEqual(['[one]: hi', texts.topicSet('author', 'wings')]);
});

test('what is withheld is passed over, on the way and in what is caught up with', () => {
  const ring = new Ring(100);
  const withheld: RoomEvent = { ...one.said('la'), kind: 'withheld' };
  ring.push(1, [one.said('hi'), withheld, one.said('ho')]);
  const [member, late] = [new FakeMember('member'), new FakeMember('late')];
  const seats = [member.seat(0), late.seat(0)];
  fanOut(seats.slice(0, 1), ring, 0, 'Planes');
  for (const seat of seats) catchUp(seat, ring, 'Planes');
  for (const { lines } of [member, late]) expect(lines).toEqual(['[one]: hi', '[one]: ho']);
  expect(seats.map(({ cursor }) => cursor)).toEqual([3, 3]);
});

test('who ignores someone does not see their words, and sees that they come and go', () => {
  const reader = new FakeMember('reader').ignores('ONE');
  const two = new FakeMember('two');
  const ring = new Ring(100);
  ring.push(1, [one.said('hi'), one.joined(), two.said('ho')]);
  fanOut([reader.seat(0)], ring, 0, 'Planes');
  expect(reader.lines).toEqual([texts.joined('one', 'Planes'), '[two]: ho']);
});

test('whoever joins among the lines gets them from the own join line on, out of the same buffer', () => {
  const old = new FakeMember('old');
  const joiner = new FakeMember('joiner');
  const ring = new Ring(100);
  ring.push(1, [one.said('béfore'), joiner.joined(), one.said('after')]);
  const seats = [old.seat(0), joiner.seat(1)];
  fanOut(seats, ring, 0, 'Planes');
  expect(joiner.lines).toEqual([texts.joined('joiner', 'Planes'), '[one]: after']);
  expect(joiner.peer.shared[0]?.buffer).toBe(old.peer.shared[0]?.buffer);
});

test('whoever waits for their join line gets nothing', () => {
  const joiner = new FakeMember('joiner');
  const seat = joiner.seat('waiting');
  fanOut([seat], ringOf('hi'), 0, 'Planes');
  expect(joiner.lines).toEqual([]);
  expect(seat.cursor).toBe('waiting');
});

test('a member who does not keep up gets nothing, and later exactly the rest', () => {
  const slow = new FakeMember('slow');
  const seat = slow.seat(0);
  const ring = ringOf('a', 'b');
  slow.peer.takeOnly(0);
  fanOut([seat], ring, 0, 'Planes');
  expect([slow.lines, seat.cursor]).toEqual([[], 0]);
  ring.push(3, [one.said('c')]);
  slow.peer.drain();
  catchUp(seat, ring, 'Planes', 2);
  expect(slow.lines).toEqual(['[one]: a', '[one]: b']);
  fanOut([seat], ring, 2, 'Planes');
  expect(slow.lines).toEqual(['[one]: a', '[one]: b', '[one]: c']);
});

test('a member who drained in the meantime is caught up by the next lines', () => {
  const slow = new FakeMember('slow');
  const seat = slow.seat(0);
  const ring = ringOf('a');
  slow.peer.takeOnly(0);
  fanOut([seat], ring, 0, 'Planes');
  slow.peer.drain();
  ring.push(2, [one.said('b')]);
  fanOut([seat], ring, 1, 'Planes');
  expect(slow.lines).toEqual(['[one]: a', '[one]: b']);
});

test('a member who fell behind what is kept is told how many lines they missed', () => {
  const slow = new FakeMember('slow');
  const ring = new Ring(10);
  for (let offset = 1; offset <= 100; offset++) ring.push(offset, [one.said(`${offset}`)]);
  const seat = slow.seat(3);
  catchUp(seat, ring, 'Planes');
  const kept = 100 - ring.first + 1;
  expect(slow.lines[0]).toBe(texts.linesMissed(100 - 3 - kept));
  expect(slow.lines.slice(1)).toEqual(
    Array.from({ length: kept }, (_, at) => `[one]: ${ring.first + at}`),
  );
  expect(seat.cursor).toBe(100);
});

test('a batch that is greater than what is kept tells everyone what they missed', () => {
  const reader = new FakeMember('reader');
  const ring = new Ring(2);
  ring.push(
    1,
    ['a', 'b', 'c', 'd', 'e'].map((text) => one.said(text)),
  );
  fanOut([reader.seat(0)], ring, 0, 'Planes');
  expect(reader.lines).toEqual([texts.linesMissed(3), '[one]: d', '[one]: e']);
});

test('catching up stops as soon as the member does not take more, and goes on from there', () => {
  const slow = new FakeMember('slow');
  const seat = slow.seat(0);
  const lines = Array.from({ length: 400 }, (_, at) => `${at} ${'x'.repeat(1_000)}`);
  const ring = new Ring(1_000);
  ring.push(
    1,
    lines.map((line) => one.said(line)),
  );
  let rounds = 0;
  for (; seat.cursor !== 400 && rounds < 100; rounds++) {
    slow.peer.drain();
    slow.peer.takeOnly(1);
    catchUp(seat, ring, 'Planes');
  }
  expect(rounds).toBeGreaterThan(3);
  expect(slow.lines).toEqual(lines.map((line) => `[one]: ${line}`));
});

test('nobody can move a reader’s cursor with what they say', () => {
  const reader = new FakeMember('reader');
  fanOut([reader.seat(0)], ringOf('\u001b[2J\u009b2J\u202egone'), 0, 'Planes');
  expect(reader.lines).toEqual(['[one]: [2J2Jgone']);
});
