import * as fc from 'fast-check';
import { Directory, type Presence } from './directory';

function presence(name: string, origin = `n.${name}`, room?: string): Presence {
  return { name, origin, sinceMs: 1, ...(room !== undefined && { room, roomAtMs: 1 }) };
}

function names(presences: Iterable<Presence>): string[] {
  return Array.from(presences, ({ name }) => name);
}

test('people are found by name without case, and shown as they typed it', () => {
  const directory = new Directory();
  directory.put(presence('One'));
  expect(directory.find('oNE')?.name).toBe('One');
  expect(directory.find('two')).toBeUndefined();
});

test('people are listed in order of arrival, whatever they do meanwhile', () => {
  const directory = new Directory();
  for (const name of ['one', 'two', 'three']) directory.put(presence(name));
  directory.move('one', 'n.one', 2, 'Planes');
  directory.setAway('two', 'n.two', 'tea');
  expect(names(directory.all())).toEqual(['one', 'two', 'three']);
});

test('members of a room are listed in order of arrival there', () => {
  const directory = new Directory();
  for (const name of ['one', 'two', 'three']) directory.put(presence(name));
  for (const name of ['two', 'one', 'three']) directory.move(name, `n.${name}`, 2, 'Planes');
  directory.move('two', 'n.two', 3);
  directory.move('two', 'n.two', 4, 'planes');
  expect(names(directory.inRoom('PLANES'))).toEqual(['one', 'three', 'two']);
  expect(directory.countInRoom('Planes')).toBe(3);
});

test('being away does not take anyone out of their room', () => {
  const directory = new Directory();
  directory.put(presence('one', 'n.one', 'Planes'));
  directory.setAway('ONE', 'n.one', 'tea');
  expect(directory.inRoom('Planes')).toEqual([
    { name: 'one', origin: 'n.one', sinceMs: 1, room: 'Planes', roomAtMs: 1, away: 'tea' },
  ]);
  directory.setAway('one', 'n.one');
  expect(directory.find('one')).not.toHaveProperty('away');
});

test('whose name is theirs by a password is known of them only, and moves nobody', () => {
  const directory = new Directory();
  directory.put(presence('one', 'n.one', 'Planes'));
  directory.setStanding('one', 'old', { isRegistered: true, isOperator: false });
  expect(directory.find('one')).not.toHaveProperty('isRegistered');
  directory.setStanding('ONE', 'n.one', { isRegistered: true, isOperator: false });
  expect(directory.inRoom('Planes')).toMatchObject([{ name: 'one', isRegistered: true }]);
  directory.setStanding('one', 'n.one', { isRegistered: false, isOperator: false });
  expect(directory.find('one')).toMatchObject({ room: 'Planes', isRegistered: false });
});

test('a connection that is over does not take away a namesake who came after it', () => {
  const directory = new Directory();
  directory.put(presence('one', 'old', 'Planes'));
  directory.put(presence('One', 'new', 'Trains'));
  directory.remove('one', 'old');
  directory.move('one', 'old', 2, 'Boats');
  directory.setAway('one', 'old', 'gone');
  expect(directory.find('one')).toEqual(presence('One', 'new', 'Trains'));
  expect(directory.countInRoom('Planes')).toBe(0);
  expect(directory.countInRoom('Boats')).toBe(0);
});

test('older news of where someone is does not count, in whatever order it comes', () => {
  const directory = new Directory();
  directory.put({ ...presence('one'), roomAtMs: 1 });
  directory.move('one', 'n.one', 5, 'Planes');
  directory.move('one', 'n.one', 3);
  directory.put({ ...presence('one', 'n.one', 'Boats'), roomAtMs: 4, away: 'tea' });
  expect(directory.find('one')).toMatchObject({ room: 'Planes', roomAtMs: 5, away: 'tea' });
  expect(directory.countInRoom('Boats')).toBe(0);
  directory.put({ ...presence('one'), roomAtMs: 6 });
  expect(directory.find('one')).not.toHaveProperty('room');
  expect(directory.countInRoom('Planes')).toBe(0);
});

test('when a node is gone, so is everyone who was on it, and who that was is answered', () => {
  const directory = new Directory();
  directory.put(presence('one', 'n-1.1', 'Planes'));
  directory.put(presence('two', 'm-1.1', 'Planes'));
  directory.put(presence('three', 'n-1.2'));
  expect(names(directory.removeNode('n-1'))).toEqual(['one', 'three']);
  expect(names(directory.all())).toEqual(['two']);
  expect(directory.countInRoom('Planes')).toBe(1);
});

type Step =
  | {
      readonly do: 'put' | 'move';
      readonly name: string;
      readonly origin: string;
      readonly room: string;
    }
  | { readonly do: 'remove' | 'away' | 'out'; readonly name: string; readonly origin: string }
  | { readonly do: 'clear' };

const name = fc.constantFrom('ann', 'Ann', 'ben', 'cia');
const origin = fc.constantFrom('n.1', 'n.2');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('put' as const, 'move' as const),
      name,
      origin,
      room: fc.constantFrom('Planes', 'planes', 'Boats'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('remove' as const, 'away' as const, 'out' as const),
      name,
      origin,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'clear' as const }) },
);

/** Who is online, in a list that is searched from its beginning. */
function modelAfter(model: readonly Presence[], done: Step): readonly Presence[] {
  if (done.do === 'clear') return [];
  const isIt = (each: Presence): boolean => each.name.toLowerCase() === done.name.toLowerCase();
  const present = model.find(isIt);
  if (done.do === 'put') {
    const put = presence(done.name, done.origin, done.room);
    return present ? model.map((each) => (each === present ? put : each)) : [...model, put];
  }
  if (present?.origin !== done.origin) return model;
  const { room: _room, ...rest } = present;
  switch (done.do) {
    case 'remove':
      return model.filter((each) => each !== present);
    case 'away':
      return model.map((each) => (each === present ? { ...each, away: 'tea' } : each));
    case 'out':
      return model.map((each) => (each === present ? { ...rest, roomAtMs: 1 } : each));
    case 'move':
      return model.map((each) =>
        each === present ? { ...rest, room: done.room, roomAtMs: 1 } : each,
      );
  }
}

function apply(directory: Directory, done: Step): void {
  switch (done.do) {
    case 'put':
      directory.put(presence(done.name, done.origin, done.room));
      return;
    case 'move':
      directory.move(done.name, done.origin, 1, done.room);
      return;
    case 'out':
      directory.move(done.name, done.origin, 1);
      return;
    case 'away':
      directory.setAway(done.name, done.origin, 'tea');
      return;
    case 'remove':
      directory.remove(done.name, done.origin);
      return;
    case 'clear':
      directory.clear();
  }
}

test('whatever happens, it says what a plain list of people says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const directory = new Directory();
      let model: readonly Presence[] = [];
      for (const done of steps) {
        apply(directory, done);
        model = modelAfter(model, done);
        expect([...directory.all()]).toEqual(model);
        expect(directory.size).toBe(model.length);
        for (const room of ['PLANES', 'boats']) {
          const members = model.filter((each) => each.room?.toLowerCase() === room.toLowerCase());
          expect(new Set(directory.inRoom(room))).toEqual(new Set(members));
          expect(directory.countInRoom(room)).toBe(members.length);
        }
      }
    }),
  );
});
