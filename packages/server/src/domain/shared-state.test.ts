import * as fc from 'fast-check';
import { agree, isSameSaid, say, type SharedChanges, type SharedState } from './shared-state';

const changes: fc.Arbitrary<SharedChanges> = fc.oneof(
  fc.record({ room: fc.constantFrom('Planes', 'Trains', undefined) }),
  fc.record({ away: fc.constantFrom('tea', undefined) }),
  fc.record({ ignored: fc.array(fc.constantFrom('ann', 'ben')) }),
  fc.record({ replyTo: fc.constantFrom('ann', 'ben') }),
  fc.record({ isGivenUp: fc.boolean() }),
);
/** What one of three connections says, whose clocks differ. */
interface Saying {
  readonly by: string;
  readonly changes: SharedChanges;
  readonly atMs: number;
}

const saying: fc.Arbitrary<Saying> = fc.record({
  by: fc.constantFrom('a', 'b', 'c'),
  changes,
  atMs: fc.nat(20),
});
const sayings = fc.array(saying, { maxLength: 30 });

/** What somebody knows who has heard all that. */
function stateAfter(said: readonly Saying[]) {
  return said.reduce<SharedState>(
    (state, each) => say(state, each.changes, each.atMs, each.by),
    {},
  );
}

test('what was said last counts, whatever the clock says', () => {
  fc.assert(
    fc.property(sayings, saying, (said, last) => {
      const state = say(stateAfter(said), last.changes, last.atMs, last.by);
      for (const [field, value] of Object.entries(last.changes)) {
        expect(state[field as keyof SharedState]?.value).toEqual(value);
      }
    }),
  );
});

test('copies come to agree, in whatever order they hear of each other, and however often', () => {
  fc.assert(
    fc.property(sayings, sayings, sayings, (one, two, three) => {
      // Nobody says two things at once: the copies are told apart by who has said it.
      const copies = [one, two, three].map((said, index) =>
        stateAfter(said.map((each) => ({ ...each, by: `${each.by}${index}` }))),
      );
      const [a = {}, b = {}, c = {}] = copies;
      const agreed = agree(agree(a, b), c);
      expect(agree(agree(c, b), a)).toEqual(agreed);
      expect(agree(a, agree(b, c))).toEqual(agreed);
      expect(agree(agreed, b)).toBe(agreed);
    }),
  );
});

test('fields are said apart: what one says of its room takes nothing from another’s away', () => {
  const away = say({}, { away: 'tea' }, 5, 'a');
  const moved = say({}, { room: 'Planes' }, 9, 'b');
  expect(agree(away, moved)).toEqual({
    away: { value: 'tea', atMs: 5, by: 'a' },
    room: { value: 'Planes', atMs: 9, by: 'b' },
  });
});

test('a saying is the same one after it went through the store', () => {
  const { room } = say({}, { room: undefined }, 5, 'a');
  const copy = JSON.parse(JSON.stringify(room)) as typeof room;
  expect(copy).toEqual(room);
  expect(isSameSaid(room, copy)).toBe(true);
  expect(isSameSaid(room, undefined)).toBe(false);
});
