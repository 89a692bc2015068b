import * as fc from 'fast-check';
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

const planes: Room = {
  name: 'Planes',
  owner: 'One',
  isPrivate: false,
  invited: [],
  createdAtMs: 5,
};
const secret: Room = { ...planes, name: 'Secret', isPrivate: true, invited: ['two'] };

test('a room that is created belongs to who creates it, and nobody is invited yet', () => {
  expect(createRoom('Planes', 'One', false, 5)(undefined)).toEqual({ ok: true, room: planes });
});

test('a room is not created twice, and the refusal shows the one there is', () => {
  expect(createRoom('planes', 'two', true, 9)(planes)).toEqual({
    ok: false,
    refusal: 'room-exists',
    room: planes,
  });
});

test('only its owner destroys a room, whatever case the name is typed in', () => {
  expect(destroyRoom('two')(planes)).toEqual({ ok: false, refusal: 'not-owner', room: planes });
  expect(destroyRoom('oNE')(planes)).toEqual({ ok: true, room: undefined });
});

test.each<[string, RoomRule]>([
  ['destroyed', destroyRoom('one')],
  ['entered', enterRoom('one', 0, 10)],
  ['invited to', inviteTo('two', 10)],
  ['given a topic', setTopic('one', 'hi')],
])('a room that there is not cannot be %s', (_, rule) => {
  expect(rule(undefined)).toEqual({ ok: false, refusal: 'no-such-room' });
});

test('a public room is entered by anyone, until it is full', () => {
  expect(enterRoom('anyone', 9, 10)(planes)).toEqual({ ok: true, room: planes });
  expect(enterRoom('anyone', 10, 10)(planes)).toMatchObject({ refusal: 'room-full' });
});

test('a private room is entered by its owner and its guests, and by nobody else', () => {
  expect(enterRoom('one', 0, 10)(secret).ok).toBe(true);
  expect(enterRoom('TWO', 0, 10)(secret).ok).toBe(true);
  expect(enterRoom('three', 0, 10)(secret)).toMatchObject({ refusal: 'room-private' });
});

test('whether a private room is full is not told to those who may not enter', () => {
  expect(enterRoom('three', 10, 10)(secret)).toMatchObject({ refusal: 'room-private' });
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

test('anyone sets the topic of a public room, only its owner that of a private one', () => {
  expect(setTopic('two', 'wings')(planes)).toMatchObject({ ok: true, room: { topic: 'wings' } });
  expect(setTopic('ONE', 'wings')(secret)).toMatchObject({ ok: true, room: { topic: 'wings' } });
  expect(setTopic('two', 'wings')(secret)).toMatchObject({ refusal: 'not-owner' });
});

const user = fc.constantFrom('one', 'ONE', 'two', 'three');
const rule = fc.oneof(
  fc.tuple(user, fc.boolean()).map(([by, isPrivate]) => createRoom('Room', by, isPrivate, 1)),
  user.map((by) => destroyRoom(by)),
  user.map((by) => inviteTo(by, 2)),
  fc.tuple(user, fc.string()).map(([by, text]) => setTopic(by, text)),
  fc.tuple(user, fc.nat(3)).map(([by, members]) => enterRoom(by, members, 2)),
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
        expect(maySee(room, room.owner)).toBe(true);
      }
    }),
  );
});
