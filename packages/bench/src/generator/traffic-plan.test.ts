import * as fc from 'fast-check';
import {
  columnsOf,
  writes,
  usersOf,
  usersOfPart,
  witnesses,
  type TrafficPlan,
} from './traffic-plan';

const plan: TrafficPlan = {
  rooms: 4,
  membersPerRoom: 10,
  writersPerRoom: 2,
  via: 'room',
  pace: { kind: 'closed-loop', linesMax: 4 },
};

test('every user is in exactly one part, together with the other of its pair', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), (of) => {
      const parts = Array.from({ length: of }, (_, index) => usersOfPart(plan, { index, of }));
      expect(parts.flat().toSorted((a, b) => a - b)).toEqual([...Array(usersOf(plan)).keys()]);
      for (const part of parts) {
        for (const user of part) expect(part).toContain(user ^ 1);
      }
    }),
  );
});

test('the witnesses are members that write nothing, and the writers share them out', () => {
  const found = witnesses([0, 1, 2, 3], (user) => user < 2);
  expect([...found]).toEqual([
    [0, 2],
    [1, 3],
  ]);
});

test('a witness is on another node than its writer, where there is one', () => {
  const found = witnesses(
    [0, 1, 2, 3, 4, 5],
    (user) => user < 2,
    (user) => user % 2,
  );
  expect([...found]).toEqual([
    [0, 3],
    [1, 4],
  ]);
});

test('where everyone writes, everyone is witnessed by somebody else', () => {
  for (const [writer, witness] of witnesses([0, 1, 2], () => true)) {
    expect(witness).not.toBe(writer);
  }
});

test('a writer that is alone has no witness, which is an error', () => {
  expect(() => witnesses([0], () => true)).toThrow('Writer 0 has nobody to read it.');
});

test('the first members of each room write', () => {
  const users = [...Array(usersOf(plan)).keys()];
  expect(users.filter((user) => writes(plan, user))).toEqual([0, 1, 10, 11, 20, 21, 30, 31]);
});

test('windows take turns among those who have a terminal', () => {
  const columnsOfSome = (everyNth: number): (number | undefined)[] =>
    [0, 1, 2, 3].map((user) =>
      columnsOf({ ...plan, terminals: { everyNth, columns: [60, 80] } }, user),
    );
  expect(columnsOfSome(1)).toEqual([60, 80, 60, 80]);
  expect(columnsOfSome(2)).toEqual([undefined, 60, undefined, 80]);
  expect(columnsOf(plan, 1)).toBeUndefined();
});
