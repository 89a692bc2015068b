import * as fc from 'fast-check';
import { texts } from '@chat-server/protocol';
import { isOwnWords, lineOf, type RoomEvent } from '../domain/room-event';
import { FakeMember } from './fake-member.suite';
import { catchUp, fanOut } from './fan-out';
import { Ring } from './ring';
import type { Seat } from './seat';

type Step =
  | { readonly do: 'say' | 'join' | 'clog' | 'drain'; readonly who: number }
  | { readonly do: 'flush' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('say' as const), who: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), who: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clog' as const), who: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drain' as const), who: fc.nat(4) }) },
  { weight: 4, arbitrary: fc.constant({ do: 'flush' as const }) },
);

/** A room as its delivery sees it, and what each member should have read of it. */
class Trial {
  readonly members = ['a', 'b', 'c', 'd', 'e'].map((name) => new FakeMember(name));
  readonly #seats = new Map<string, Seat>();
  readonly #joinedAt = new Map<string, number>();
  readonly #log: RoomEvent[] = [];
  readonly #ring: Ring;
  #sentUpTo = 0;

  constructor(linesMax: number) {
    this.#ring = new Ring(linesMax);
    this.members[1]?.ignores('a');
  }

  run(steps: readonly Step[]): void {
    for (const each of steps) {
      if (each.do === 'flush') this.#flush();
      else this.#act(each.do, this.members[each.who]);
    }
    for (const member of this.members) {
      member.peer.drain();
      this.#catchUp(member);
    }
    this.#flush();
  }

  #act(what: 'say' | 'join' | 'clog' | 'drain', member: FakeMember | undefined): void {
    if (member === undefined) return;
    switch (what) {
      case 'say':
        if (this.#seats.has(member.origin)) this.#happen(member.said(`${this.#log.length + 1}`));
        return;
      case 'join':
        if (this.#seats.has(member.origin)) return;
        this.#happen(member.joined());
        this.#joinedAt.set(member.origin, this.#log.length);
        this.#seats.set(member.origin, member.seat(this.#log.length - 1));
        return;
      case 'clog':
        member.peer.takeOnly(0);
        return;
      case 'drain':
        member.peer.drain();
        this.#catchUp(member);
    }
  }

  #happen(event: RoomEvent): void {
    this.#log.push(event);
    this.#ring.push(this.#log.length, [event]);
  }

  #catchUp({ origin }: FakeMember): void {
    const seat = this.#seats.get(origin);
    if (seat !== undefined) catchUp(seat, this.#ring, 'Planes', this.#sentUpTo);
  }

  #flush(): void {
    if (this.#sentUpTo === this.#ring.head) return;
    fanOut(this.#seats.values(), this.#ring, this.#sentUpTo, 'Planes');
    this.#sentUpTo = this.#ring.head;
  }

  /** What a member must have read when nothing was dropped from the ring. */
  expected(member: FakeMember): string[] {
    const joinedAt = this.#joinedAt.get(member.origin);
    if (joinedAt === undefined) return [];
    return this.#log
      .slice(joinedAt - 1)
      .filter((event) => !isOwnWords(event) || this.#isForThem(event, member))
      .map((event) => lineOf(event, 'Planes'));
  }

  #isForThem({ origin, by }: RoomEvent, member: FakeMember): boolean {
    return origin !== member.origin && !member.ignored.has(by);
  }
}

test('whoever joins, is slow, or catches up whenever, each reads exactly the room’s lines', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const trial = new Trial(1_000);
      trial.run(steps);
      for (const member of trial.members) expect(member.lines).toEqual(trial.expected(member));
    }),
    { numRuns: 400 },
  );
});

test('where lines are no longer kept, a member reads the others in order, and how many are missing', () => {
  const missedPattern = new RegExp(
    texts
      .linesMissed(1)
      .replace('1 line', String.raw`(\d+) lines?`)
      .replace('[*]', String.raw`\[\*\]`),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const trial = new Trial(3);
      trial.run(steps);
      for (const member of trial.members) {
        const expected = trial.expected(member);
        let at = 0;
        let missed = 0;
        for (const line of member.lines) {
          const gap = Number(missedPattern.exec(line)?.[1] ?? 0);
          missed += gap;
          if (gap > 0) continue;
          const found = expected.indexOf(line, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + 1;
        }
        const lacking = expected.filter((line) => !member.lines.includes(line));
        expect(missed).toBeGreaterThanOrEqual(lacking.length);
        expect(missed > 0 || member.lines.length === expected.length).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});
