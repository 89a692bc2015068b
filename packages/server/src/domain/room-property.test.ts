import * as fc from 'fast-check';
import { type Holding, holdingKey, holdingOf } from './holding';
import type { Person } from './person';
import {
  createRoom,
  destroyRoom,
  enterRoom,
  inviteTo,
  mayRule,
  maySee,
  type Room,
  type RoomRule,
  setTopic,
} from './room';
import { changeRights, takeOwnerless } from './succession';

const names = ['one', 'ONE', 'two', 'three'] as const;
const invitedMax = 2;

/** Everybody who may ever come: each name as a guest on one of three connections, and by password. */
const everyone = names.flatMap((name) =>
  ['n.1', 'n.2', 'm.1'].flatMap((origin) =>
    [false, true].map((isRegistered): Person => {
      return { name, origin, isRegistered, isOperator: false };
    }),
  ),
);
const person = fc.constantFrom(...everyone);

/** Something that is done to a room, with those who have more by it than before. */
interface Step {
  readonly what: string;
  readonly rule: RoomRule;
  readonly gives: readonly Holding[];
  /** What this was given as is held as that from now on. */
  readonly moves?: readonly [Holding, Holding];
}

const moved = (from: Holding, to: Holding) => new Map([[holdingKey(from), to]]);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(person, fc.boolean()).map(([by, isPrivate]) => ({
    what: 'create',
    rule: createRoom('Room', by, isPrivate, 1),
    gives: [holdingOf(by)],
  })),
  person.map((by) => ({ what: 'destroy', rule: destroyRoom(by), gives: [] })),
  person.map((user) => ({
    what: 'invite',
    rule: inviteTo(holdingOf(user), invitedMax),
    gives: [holdingOf(user)],
  })),
  fc
    .tuple(person, fc.string())
    .map(([by, text]) => ({ what: 'topic', rule: setTopic(by, text), gives: [] })),
  fc
    .tuple(person, fc.nat(3))
    .map(([by, members]) => ({ what: 'enter', rule: enterRoom(by, members, 2), gives: [] })),
  fc.tuple(person, fc.option(person)).map(([gone, heir]) => {
    const ended = new Set([holdingKey(holdingOf(gone))]);
    const to = heir === null ? undefined : holdingOf(heir);
    const rule = changeRights({ moves: new Map(), ended }, to);
    return { what: 'go', rule, gives: to === undefined ? [] : [to] };
  }),
  person.map((user) => ({
    what: 'take over',
    rule: takeOwnerless(holdingOf(user)),
    gives: [holdingOf(user)],
  })),
  // They register or unregister, or come back on another connection.
  fc.tuple(person, person).map(([before, after]): Step => {
    const [from, to] = [holdingOf(before), holdingOf({ ...after, name: before.name })];
    const rule = changeRights({ moves: moved(from, to), ended: new Set() }, undefined);
    return { what: 'move', rule, gives: [], moves: [from, to] };
  }),
);

function play(steps: readonly Step[], each: (step: Step, before: Room | undefined) => void): void {
  let room: Room | undefined;
  for (const one of steps) {
    each(one, room);
    room = one.rule(room).room;
  }
}

test('whatever is asked of a room, the same question has the same answer, and a refusal changes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      play(steps, ({ rule }, room) => {
        const before = structuredClone(room);
        const decision = rule(room);
        expect(rule(room)).toEqual(decision);
        expect(room).toEqual(before);
        expect(decision.ok || decision.room === room).toBe(true);
        const { invited = [], guests = [] } = decision.room ?? {};
        expect(invited.length + guests.length).toBeLessThanOrEqual(invitedMax);
        expect(new Set(invited).size).toBe(invited.length);
      });
    }),
  );
});

test('whoever comes, goes, registers and takes the names of others, nobody has rights that they were not given', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let given = new Set<string>();
      play(steps, ({ rule, gives, moves }, room) => {
        const after = rule(room).room;
        if (room === undefined || after === undefined) given = new Set();
        if (after === undefined) return;
        // Who is refused, or gets what they had, is given nothing.
        const isChanged = JSON.stringify(after) !== JSON.stringify(room);
        for (const each of isChanged ? gives : []) given.add(holdingKey(each));
        const [from, to] = moves ?? [];
        if (from && to && given.has(holdingKey(from))) given.add(holdingKey(to));
        const withoutBeingGiven = everyone.filter((someone) => {
          // What was given to someone as a guest is theirs while they are on that connection.
          const ways = [holdingOf(someone), { name: someone.name, origin: someone.origin }];
          if (ways.some((way) => given.has(holdingKey(way)))) return false;
          return mayRule(after, someone) || maySee(after, someone) === after.isPrivate;
        });
        expect(withoutBeingGiven).toEqual([]);
      });
    }),
  );
});

test('a guest who is gone has nothing in a room, and no one has it by their name', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), person, (steps, gone) => {
      const guest = { ...gone, isRegistered: false };
      const ended = new Set([holdingKey(holdingOf(guest))]);
      play(steps, ({ rule }, room) => {
        const left = changeRights({ moves: new Map(), ended }, undefined)(rule(room).room).room;
        if (left === undefined) return;
        expect(mayRule(left, guest)).toBe(false);
        expect(maySee(left, guest)).toBe(!left.isPrivate);
      });
    }),
  );
});

test('a change of rights that is done twice is done once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), person, person, (steps, gone, heir) => {
      const ended = new Set([holdingKey(holdingOf(gone))]);
      fc.pre(holdingKey(holdingOf(heir)) !== holdingKey(holdingOf(gone)));
      const rule = changeRights({ moves: new Map(), ended }, holdingOf(heir));
      play(steps, ({ rule: before }, room) => {
        const once = rule(before(room).room).room;
        expect(rule(once).room).toEqual(once);
      });
    }),
  );
});
