import * as fc from 'fast-check';
import { Occupants } from './occupants';
import type { RoomEvent } from './room-event';

function event(kind: RoomEvent['kind'], origin: string, atMs = 0, isRegistered = true): RoomEvent {
  return { kind, by: 'One', origin, atMs, text: '', ...(isRegistered && { isRegistered }) };
}

const everybody = (): boolean => true;
const nobody = (): boolean => false;

/** Which of the events of a log are shown, by their number. */
function shown(
  occupants: Occupants,
  events: readonly RoomEvent[],
  isOnline = everybody,
  first = 1,
): number[] {
  return events.flatMap((each, index) =>
    occupants.see(each, first + index, isOnline).isQuiet === true ? [] : [index],
  );
}

test('someone comes with their first connection, and goes with their last', () => {
  const log = [
    event('joined', 'a'),
    event('joined', 'b'),
    event('left', 'a'),
    event('joined', 'c'),
    event('left', 'b'),
    event('left', 'c'),
    event('joined', 'a'),
  ];
  const occupants = new Occupants(60_000);
  expect(shown(occupants, log)).toEqual([0, 5, 6]);
  expect([occupants.size, occupants.has('oNE')]).toEqual([1, true]);
});

test('who is put out goes with all connections at once, and is shown when they come back', () => {
  const moderation = { action: 'kick', target: 'ONE', revision: 1 } as const;
  const kick: RoomEvent = { ...event('moderated', 'owner'), by: 'owner', moderation };
  const occupants = new Occupants(60_000);
  const log = [event('joined', 'a'), event('joined', 'b'), kick, event('joined', 'b')];
  expect(shown(occupants, log)).toEqual([0, 2, 3]);
  expect(occupants.size).toBe(1);
});

test('a guest who comes is shown, whoever had the name before', () => {
  const log = [event('joined', 'a'), event('joined', 'b', 0, false), event('left', 'b')];
  expect(shown(new Occupants(60_000), log)).toEqual([0, 1, 2]);
});

test('who left unnoticed, and is long gone, does not hide who comes', () => {
  const minute = 60_000;
  const log = [
    event('joined', 'a'),
    event('joined', 'b', minute - 1),
    event('joined', 'c', 9 * minute),
  ];
  expect(shown(new Occupants(60_000), log, nobody)).toEqual([0, 2]);
  expect(shown(new Occupants(60_000), log)).toEqual([0]);
});

test('where there are no other nodes, who is not known is not here', () => {
  const log = [event('joined', 'a'), event('joined', 'b', 1)];
  expect(shown(new Occupants(0), log, nobody)).toEqual([0, 1]);
  expect(shown(new Occupants(0), log)).toEqual([0]);
});

test('who was here before the log begins is here', () => {
  const occupants = new Occupants(60_000);
  occupants.add({ name: 'one', origin: 'a', atMs: 0 });
  expect(shown(occupants, [event('joined', 'b'), event('left', 'a'), event('left', 'b')])).toEqual([
    2,
  ]);
});

test('after a gap in the log, only those count who are known to be here', () => {
  const occupants = new Occupants(60_000);
  shown(occupants, [event('joined', 'a'), event('joined', 'b')]);
  occupants.keepOnly(({ origin }) => origin === 'b');
  expect(shown(occupants, [event('left', 'b')], everybody, 9)).toEqual([0]);
});

test('a room that is destroyed has nobody in it', () => {
  const occupants = new Occupants(60_000);
  shown(occupants, [event('joined', 'a'), event('destroyed', 'x')]);
  expect(occupants.size).toBe(0);
});

test('those of a node are told', () => {
  const occupants = new Occupants(60_000);
  shown(occupants, [event('joined', 'n.1'), event('joined', 'm.1')]);
  expect([...occupants.on((origin) => origin.startsWith('n'))]).toEqual([
    { name: 'One', origin: 'n.1', atMs: 0 },
  ]);
});

test('whatever is read again after a crash is shown to the same as before', () => {
  const move = fc.record({
    kind: fc.constantFrom('joined' as const, 'left' as const, 'said' as const),
    origin: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), fc.nat(30), (moves, at) => {
      const log = moves.map(({ kind, origin }) => event(kind, origin));
      const occupants = new Occupants(60_000);
      const before = shown(occupants, log.slice(0, at));
      const all = shown(occupants, log);
      expect(all.filter((index) => index < at)).toEqual(before);
      expect(all).toEqual(shown(new Occupants(60_000), log));
    }),
  );
});
