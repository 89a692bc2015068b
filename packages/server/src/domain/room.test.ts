import * as fc from 'fast-check';
import type { Person } from './person';
import {
  createRoom,
  destroyRoom,
  enterRoom,
  inviteTo,
  maySee,
  type Room,
  type RoomRule,
  setTopic,
} from './room';

function guest(name: string): Person {
  return { name, origin: `n.${name}`, isRegistered: false, isOperator: false };
}

const operator: Person = { ...guest('root'), isOperator: true };

const planes: Room = {
  name: 'Planes',
  owner: 'One',
  isPrivate: false,
  invited: [],
  createdAtMs: 5,
};
const secret: Room = { ...planes, name: 'Secret', isPrivate: true, invited: ['two'] };

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
  ['invited to', inviteTo('two', 10)],
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
  const invited = inviteTo('Three', 10)(secret);
  expect(invited).toMatchObject({ ok: true, room: { invited: ['two', 'three'] } });
  expect(inviteTo('TWO', 10)(secret)).toEqual({ ok: true, room: secret });
});

test('an invitation to a public room changes nothing', () => {
  expect(inviteTo('two', 0)(planes)).toEqual({ ok: true, room: planes });
});

test('there are only so many invitations, and those who have one keep it', () => {
  expect(inviteTo('three', 1)(secret)).toMatchObject({ refusal: 'too-many-invited' });
  expect(inviteTo('two', 1)(secret).ok).toBe(true);
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

const user = fc.constantFrom('one', 'ONE', 'two', 'three');
const rule = fc.oneof(
  fc
    .tuple(user, fc.boolean())
    .map(([by, isPrivate]) => createRoom('Room', guest(by), isPrivate, 1)),
  user.map((by) => destroyRoom(guest(by))),
  user.map((by) => inviteTo(by, 2)),
  fc.tuple(user, fc.string()).map(([by, text]) => setTopic(guest(by), text)),
  fc.tuple(user, fc.nat(3)).map(([by, members]) => enterRoom(guest(by), members, 2)),
);

test('whatever is asked of a room, the same question has the same answer, and a refusal changes nothing', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 30 }), (rules) => {
      let room: Room | undefined;
      for (const each of rules) {
        const before = structuredClone(room);
        const decision = each(room);
        expect(each(room)).toEqual(decision);
        expect(room).toEqual(before);
        expect(decision.ok || decision.room === room).toBe(true);
        room = decision.room;
        if (room === undefined) continue;
        expect(room.invited.length).toBeLessThanOrEqual(2);
        expect(new Set(room.invited).size).toBe(room.invited.length);
        expect(maySee(room, guest(room.owner))).toBe(true);
      }
    }),
  );
});
