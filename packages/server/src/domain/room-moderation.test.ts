import * as fc from 'fast-check';
import { holdingOf } from './holding';
import type { Person } from './person';
import {
  enterRoom,
  mayRule,
  type Room,
  type RoomRule,
  setTopic,
  transferTo,
  uninvite,
} from './room';
import {
  afterModeration,
  ban,
  banOn,
  type Deed,
  holdNetwork,
  kick,
  mute,
  muteOn,
  paceOf,
  restored,
  slowDown,
  unban,
  unlessBanned,
  unlessHushed,
  unmute,
} from './room-moderation';
import type { Moderation } from './moderation';
import type { RoomEvent } from './room-event';

function guest(name: string): Person {
  return { name, origin: `n.${name.toLowerCase()}`, isRegistered: false, isOperator: false };
}

const one = guest('One');
const root: Person = { ...guest('root'), isOperator: true };
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

function deed(target: string, more: Partial<Deed> = {}): Deed {
  return { by: one, target, isOperator: false, nowMs: 100, ...more };
}

function roomAfter(...rules: readonly RoomRule[]): Room {
  let room = planes;
  for (const rule of rules) {
    const decision = rule(room);
    if (!decision.ok || decision.room === undefined) throw new Error(JSON.stringify(decision));
    room = decision.room;
  }
  return room;
}

test.each<[string, (more: Partial<Deed>) => RoomRule]>([
  ['kicked', (more) => kick(deed('two', more))],
  ['banned', (more) => ban(deed('two', more), 9)],
  ['muted', (more) => mute(deed('two', more), 9)],
])('nobody is %s but at the word of who rules the room', (_, rule) => {
  expect(rule({})(planes).ok).toBe(true);
  expect(rule({ by: root })(planes).ok).toBe(true);
  expect(rule({ by: guest('three') })(planes)).toMatchObject({ refusal: 'not-owner' });
  expect(rule({ isOperator: true })(planes)).toMatchObject({ refusal: 'target-operator' });
  expect(rule({ target: 'ONE' })(planes)).toMatchObject({ refusal: 'oneself' });
  expect(rule({ target: 'one', by: root })(planes).ok).toBe(true);
  expect(rule({})(undefined)).toEqual({ ok: false, refusal: 'no-such-room' });
});

test('a second owner by another name cannot be put out by who is no operator', () => {
  const owned = { ...planes, owner: 'two', ownerOrigin: 'n.two' };
  expect(kick(deed('TWO'))(owned)).toMatchObject({ refusal: 'not-owner' });
  expect(kick(deed('TWO', { by: { ...root, name: 'x' } }))(owned).ok).toBe(true);
});

test('a ban keeps a name out until it ends, is lifted, or for good, and never an operator', () => {
  const room = roomAfter(ban(deed('Two', { untilMs: 200, reason: 'spam' }), 9));
  const held = { name: 'Two', by: 'One', atMs: 100, untilMs: 200, reason: 'spam' };
  expect(banOn(room, { person: guest('tWO') }, 199)).toEqual(held);
  expect(banOn(room, { person: guest('two') }, 200)).toBeUndefined();
  expect(banOn(room, { person: { ...guest('two'), isOperator: true } }, 150)).toBeUndefined();
  expect(banOn(roomAfter(ban(deed('two'), 9)), { person: guest('two') }, 1e15)).toBeDefined();
  expect(roomAfter(ban(deed('two'), 9), unban(one, 'TWO', 100)).bans).toEqual([]);
});

test('a ban of a guest holds for guests of the same network, but not for the owner, nor registered users', () => {
  const room = roomAfter(ban(deed('two'), 9), holdNetwork('TWO', '192.0.2.1'));
  const from = (person: Person, network = '192.0.2.1') => banOn(room, { person, network }, 100);
  expect(from(guest('three'))?.name).toBe('two');
  expect(from(guest('three'), '192.0.2.2')).toBeUndefined();
  expect(from({ ...guest('three'), isRegistered: true })).toBeUndefined();
  expect(from(one)).toBeUndefined();
  expect(banOn(room, { person: guest('three') }, 100)).toBeUndefined();
  // Banned anew, they are held to it as before.
  expect(roomAfter(() => ban(deed('two'), 9)(room)).bans).toMatchObject([{ network: '192.0.2.1' }]);
  expect(holdNetwork('three', 'x')(planes)).toEqual({ ok: true, room: planes });
});

test('who is banned is refused with what is held against them, whether invited or not', () => {
  const rule = enterRoom(guest('two'), 0, 9);
  const enters = (room: Room) => unlessBanned({ person: guest('two') }, 100, rule)(room);
  const held = { ...secret, bans: [{ name: 'two', by: 'One', atMs: 1 }] };
  expect(enters(secret).ok).toBe(true);
  expect(enters(held)).toMatchObject({ refusal: 'banned', sanction: { by: 'One' } });
  // Who may not know of a room is not told that they are banned from it.
  expect(enters({ ...held, guests: [] })).toMatchObject({ refusal: 'room-private' });
});

function set(room: Room, by: Person) {
  return unlessHushed(by, 100, setTopic(by, 'wings'))(room);
}

test('who is muted, and in slow mode everyone but who rules the room, sets no topic', () => {
  const muted = roomAfter(mute(deed('two'), 9));
  expect(muteOn(muted, guest('two'), 100)).toBeDefined();
  expect(set(muted, guest('two'))).toMatchObject({ refusal: 'muted', sanction: { by: 'One' } });
  expect(set(muted, guest('three')).ok).toBe(true);
  const slow = roomAfter(slowDown(one, 5_000));
  expect([paceOf(slow, guest('two')), paceOf(slow, one), paceOf(slow, root)]).toEqual([
    5_000,
    undefined,
    undefined,
  ]);
  expect(set(slow, guest('two'))).toMatchObject({ refusal: 'slow-mode' });
  expect(set(roomAfter(slowDown(one, 5_000), slowDown(one, undefined)), guest('two')).ok).toBe(
    true,
  );
});

test('at the limit, ended ones make place first; then there are too many', () => {
  const full = roomAfter(ban(deed('a', { untilMs: 200 }), 2), ban(deed('b'), 2));
  expect(ban(deed('c'), 2)(full)).toMatchObject({ refusal: 'too-many-bans' });
  expect(ban(deed('B', { untilMs: 9 }), 2)(full).ok).toBe(true);
  expect(ban(deed('c', { nowMs: 200 }), 2)(full)).toMatchObject({
    room: { bans: [{ name: 'b' }, { name: 'c' }] },
  });
  expect(mute(deed('c'), 0)(planes)).toMatchObject({ refusal: 'too-many-mutes' });
});

test('nobody lifts what is held against themselves, but an operator', () => {
  const room = { ...planes, mutes: [{ name: 'one', by: 'root', atMs: 0 }] };
  expect(unmute(one, 'one', 1)(room)).toMatchObject({ refusal: 'oneself' });
  expect(unmute(root, 'ROOT', 1)(room)).toMatchObject({ refusal: 'not-muted' });
  expect(unmute(root, 'one', 1)(room).ok).toBe(true);
  expect(unban(one, 'two', 1)(room)).toMatchObject({ refusal: 'not-banned' });
});

test('an invitation is taken back by the owner of a private room', () => {
  const { guests: _invited, ...closed } = secret;
  expect(uninvite(one, 'TWO')(secret)).toEqual({ ok: true, room: { ...closed, revision: 1 } });
  const registered = { ...secret, invited: ['four'] };
  expect(uninvite(one, 'Four')(registered)).toEqual({ ok: true, room: { ...secret, revision: 1 } });
  expect(uninvite(one, 'three')(secret)).toMatchObject({ refusal: 'not-invited' });
  expect(uninvite(one, 'two')(planes)).toMatchObject({ refusal: 'room-public' });
  expect(uninvite(guest('two'), 'two')(secret)).toMatchObject({ refusal: 'not-owner' });
  expect(uninvite(guest('three'), 'two')(secret)).toMatchObject({ refusal: 'room-private' });
  expect(uninvite(root, 'one')(secret)).toMatchObject({ refusal: 'target-owner' });
});

test('a room that is given away is the other one’s, whose ban is over, and its giver stays invited', () => {
  const held = { ...secret, bans: [{ name: 'two', by: 'One', atMs: 1 }] };
  expect(transferTo(one, holdingOf(guest('Two')), 1)(held)).toMatchObject({
    ok: true,
    room: {
      owner: 'Two',
      ownerOrigin: 'n.two',
      guests: [{ key: 'one', origin: 'n.one' }],
      bans: [],
    },
  });
  expect(transferTo(one, holdingOf(guest('three')), 1)(secret)).toMatchObject({
    refusal: 'too-many-invited',
  });
  expect(transferTo(one, holdingOf(guest('ONE')), 1)(secret)).toMatchObject({
    refusal: 'owns-already',
  });
  expect(transferTo(guest('two'), holdingOf(guest('two')), 1)(secret)).toMatchObject({
    refusal: 'not-owner',
  });
  expect(transferTo(guest('x'), holdingOf(guest('x')), 1)(secret)).toMatchObject({
    refusal: 'room-private',
  });
});

test('a store that has lost what was moderated is given it again, and keeps what else it has', () => {
  const known = roomAfter(slowDown(one, 7), ban(deed('two'), 9), slowDown(one, undefined));
  const lost: Room = { ...roomAfter(slowDown(one, 7)), topic: 'wings' };
  expect(restored(lost, known)).toEqual({ ...known, topic: 'wings' });
  expect(restored(known, lost)).toBe(known);
  expect(restored(undefined, known)).toBe(known);
  // Another room of that name is none of it.
  expect(restored({ ...planes, createdAtMs: 6 }, known)).toEqual({ ...planes, createdAtMs: 6 });
});

const name = fc.constantFrom('one', 'Two', 'TWO', 'three');
const action = fc.constantFrom('ban', 'unban', 'mute', 'unmute', 'slow', 'kick', 'transfer');
interface Act {
  readonly action: string;
  readonly target: string;
  readonly by: string;
  readonly lastsMs: number;
}
const act: fc.Arbitrary<Act> = fc.record({ action, target: name, by: name, lastsMs: fc.nat(30) });

function ruleOf({ action: what, target, by, lastsMs }: Act, nowMs: number): RoomRule {
  const by1 = guest(by);
  const sentence = deed(target, {
    by: by1,
    nowMs,
    ...(lastsMs > 0 && { untilMs: nowMs + lastsMs }),
  });
  const rules: Record<string, RoomRule> = {
    ban: ban(sentence, 2),
    mute: mute(sentence, 2),
    unban: unban(by1, target, nowMs),
    unmute: unmute(by1, target, nowMs),
    slow: slowDown(by1, lastsMs === 0 ? undefined : lastsMs),
    kick: kick(sentence),
    transfer: transferTo(by1, holdingOf(guest(target)), 9),
  };
  return rules[what] ?? kick(sentence);
}

test('whatever is done: within limits, one a name, by who rules only, and never an older revision', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let room = planes;
      for (const [index, each] of acts.entries()) {
        const before = structuredClone(room);
        const rule = ruleOf(each, index * 10);
        const decision = rule(room);
        expect(rule(room)).toEqual(decision);
        expect(room).toEqual(before);
        if (!decision.ok || decision.room === undefined) continue;
        expect(mayRule(before, guest(each.by))).toBe(true);
        const { bans = [], mutes = [], revision = 0 } = decision.room;
        expect(revision).toBe((before.revision ?? 0) + (each.action === 'kick' ? 0 : 1));
        for (const list of [bans, mutes]) {
          expect(list.length).toBeLessThanOrEqual(2);
          expect(new Set(list.map((held) => held.name.toLowerCase())).size).toBe(list.length);
        }
        room = decision.room;
      }
    }),
  );
});

test('what the log tells of makes of a room what its document is, in whatever order it comes', () => {
  const nowMs = 100;
  const room = roomAfter(
    ban(deed('two', { reason: 'r' }), 9),
    mute(deed('three', { untilMs: 900 }), 9),
    slowDown(one, 7),
    unban(one, 'two', nowMs),
  );
  const event = (moderation: Moderation): RoomEvent => {
    return { kind: 'moderated', atMs: nowMs, by: 'One', origin: '', text: '', moderation };
  };
  const events = [
    event({ action: 'ban', target: 'two', revision: 1, reason: 'r' }),
    event({ action: 'mute', target: 'three', revision: 2, untilMs: 900 }),
    event({ action: 'slow', target: '', revision: 3, slowMs: 7 }),
    event({ action: 'unban', target: 'two', revision: 4 }),
  ];
  let told = planes;
  for (const each of events) told = afterModeration(told, each);
  expect(told).toEqual(room);
  // A document that was read is not made older by what the log tells late.
  for (const each of events) expect(afterModeration(room, each)).toBe(room);
});
