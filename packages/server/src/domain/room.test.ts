import { holdingOf } from './holding';
import type { Person } from './person';
import {
  createRoom,
  destroyRoom,
  enterRoom,
  inviteTo,
  mayRule,
  maySee,
  ownedBy,
  type Room,
  type RoomRule,
  setTopic,
} from './room';

function guest(name: string): Person {
  return { name, origin: `n.${name.toLowerCase()}`, isRegistered: false, isOperator: false };
}

/** Someone else by that name, on another connection. */
function namesake(name: string): Person {
  return { ...guest(name), origin: `other.${name}` };
}

/** Someone whose name is theirs. */
function registered(name: string): Person {
  return { ...namesake(name), isRegistered: true };
}

const operator: Person = { ...guest('root'), isOperator: true };

const planes: Room = {
  name: 'Planes',
  owner: 'One',
  ownerOrigin: 'n.one',
  isPrivate: false,
  invited: [],
  createdAtMs: 5,
};
const secret: Room = {
  ...planes,
  name: 'Secret',
  isPrivate: true,
  guests: [{ key: 'two', origin: 'n.two' }],
};

test('a room that is created belongs to who creates it, and nobody is invited yet', () => {
  expect(createRoom('Planes', guest('One'), false, 5)(undefined)).toEqual({
    ok: true,
    room: planes,
  });
});

test('a room is not created twice, and the refusal shows the one there is', () => {
  expect(createRoom('planes', guest('two'), true, 9)(planes)).toEqual({
    ok: false,
    refusal: 'room-exists',
    room: planes,
  });
});

test('only its owner destroys a room, whatever case the name is typed in', () => {
  expect(destroyRoom(guest('two'))(planes)).toEqual({
    ok: false,
    refusal: 'not-owner',
    room: planes,
  });
  expect(destroyRoom(guest('oNE'))(planes)).toEqual({ ok: true, room: undefined });
});

test.each<[string, RoomRule]>([
  ['destroyed', destroyRoom(guest('one'))],
  ['entered', enterRoom(guest('one'), 0, 10)],
  ['invited to', inviteTo(guest('two'), 10)],
  ['given a topic', setTopic(guest('one'), 'hi')],
])('a room that there is not cannot be %s', (_, rule) => {
  expect(rule(undefined)).toEqual({ ok: false, refusal: 'no-such-room' });
});

test('a public room is entered by anyone, until it is full', () => {
  expect(enterRoom(guest('anyone'), 9, 10)(planes)).toEqual({ ok: true, room: planes });
  expect(enterRoom(guest('anyone'), 10, 10)(planes)).toMatchObject({ refusal: 'room-full' });
});

test('a private room is entered by its owner and its guests, and by nobody else', () => {
  expect(enterRoom(guest('one'), 0, 10)(secret).ok).toBe(true);
  expect(enterRoom(guest('TWO'), 0, 10)(secret).ok).toBe(true);
  expect(enterRoom(guest('three'), 0, 10)(secret)).toMatchObject({ refusal: 'room-private' });
});

test('whether a private room is full is not told to those who may not enter', () => {
  expect(enterRoom(guest('three'), 10, 10)(secret)).toMatchObject({ refusal: 'room-private' });
});

test('an invitation is kept once, as names are compared', () => {
  const decision = inviteTo(holdingOf(guest('Three')), 10)(secret);
  const guests = [
    { key: 'two', origin: 'n.two' },
    { key: 'three', origin: 'n.three' },
  ];
  expect(decision).toEqual({ ok: true, room: { ...secret, guests } });
  expect(inviteTo(guest('TWO'), 10)(secret)).toEqual({ ok: true, room: secret });
  const invited = inviteTo(holdingOf(registered('Three')), 10)(secret);
  expect(invited).toEqual({ ok: true, room: { ...secret, invited: ['three'] } });
});

test('an invitation to a public room changes nothing', () => {
  expect(inviteTo(guest('two'), 0)(planes)).toEqual({ ok: true, room: planes });
});

test('there are only so many invitations, and those who have one keep it', () => {
  expect(inviteTo(guest('three'), 1)(secret)).toMatchObject({ refusal: 'too-many-invited' });
  expect(inviteTo(guest('two'), 1)(secret).ok).toBe(true);
});

test('an operator rules every room', () => {
  expect(maySee(secret, operator)).toBe(true);
  expect(destroyRoom(operator)(planes)).toEqual({ ok: true, room: undefined });
  expect(setTopic(operator, 'wings')(secret)).toMatchObject({ ok: true });
});

test('anyone sets the topic of a public room, only its owner that of a private one', () => {
  expect(setTopic(guest('two'), 'wings')(planes)).toMatchObject({
    ok: true,
    room: { topic: 'wings' },
  });
  expect(setTopic(guest('ONE'), 'wings')(secret)).toMatchObject({
    ok: true,
    room: { topic: 'wings' },
  });
  expect(setTopic(guest('two'), 'wings')(secret)).toMatchObject({ refusal: 'not-owner' });
});

test('a guest’s rights are not those of who has their name next, whether that is registered or not', () => {
  for (const other of [namesake('one'), registered('one')]) {
    expect(destroyRoom(other)(planes)).toMatchObject({ refusal: 'not-owner' });
    expect(destroyRoom(other)(secret)).toMatchObject({ refusal: 'room-private' });
  }
  for (const other of [namesake('two'), registered('two')])
    expect(maySee(secret, other)).toBe(false);
});

test('an account’s rights are whoever’s proves it, on any connection, and no guest’s of that name', () => {
  const theirs: Room = { ...ownedBy(secret, { name: 'Four' }), invited: ['five'] };
  expect(destroyRoom(registered('four'))(theirs)).toMatchObject({ ok: true });
  expect(maySee(theirs, registered('FIVE'))).toBe(true);
  for (const name of ['four', 'five']) expect(maySee(theirs, guest(name))).toBe(false);
});

test('what is nobody’s is ruled by nobody but operators', () => {
  const nobodys = ownedBy(planes, undefined);
  expect(nobodys).toMatchObject({ owner: '' });
  for (const user of [guest(''), registered(''), guest('one')]) {
    expect(mayRule(nobodys, user)).toBe(false);
  }
  expect(mayRule(nobodys, operator)).toBe(true);
});
