import * as fc from 'fast-check';
import { type Backoff, backoffMs } from './backoff';
import { type AutoShutdown, type ChildSpec, faultyChildSpecs, faultyIntensity } from './child-spec';
import { crashed, type ExitReason, killed, normal, shutdown } from './exit-reason';
import { addRestart } from './intensity';
import { Mailbox } from './mailbox';
import { isReported, type Verdict, verdictOn } from './restart-verdict';
import { affectedBy } from './strategy';
import { worker } from './worker';

test('addRestart: gives up exactly when more than restartsMax lie within the period', () => {
  const steps = fc.array(fc.nat(40), { maxLength: 60 });
  fc.assert(
    fc.property(
      steps,
      fc.nat(6),
      fc.integer({ min: 1, max: 100 }),
      (waits, restartsMax, periodMs) => {
        const all: number[] = [];
        let kept: readonly number[] | undefined = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          all.push(now);
          kept = addRestart(kept, now, { restartsMax, periodMs });
          const recent = all.filter((atMs) => atMs >= now - periodMs);
          if (kept === undefined) return recent.length === restartsMax + 1;
          expect(kept).toEqual(recent);
        }
        return kept.length <= restartsMax;
      },
    ),
  );
});

test('addRestart: a restart that is exactly a period old still counts', () => {
  const once = { restartsMax: 1, periodMs: 5_000 };
  expect(addRestart([0], 5_000, once)).toBeUndefined();
  expect(addRestart([0], 5_001, once)).toEqual([5_001]);
  expect(addRestart([], 0, { restartsMax: 0, periodMs: 1 })).toBeUndefined();
});

const backoffs: fc.Arbitrary<Backoff> = fc.record({
  minMs: fc.integer({ min: 1, max: 1_000 }),
  maxMs: fc.integer({ min: 1_000, max: 100_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('backoffMs: lies between what jitter leaves of the minimum and the maximum', () => {
  fc.assert(
    fc.property(
      backoffs,
      fc.integer({ min: 1, max: 5_000 }),
      chance,
      (backoff, attempt, random) => {
        const delayMs = backoffMs(backoff, attempt, random);
        expect(delayMs).toBeLessThanOrEqual(backoff.maxMs);
        expect(delayMs).toBeGreaterThanOrEqual(backoff.minMs * (1 - (backoff.jitter ?? 0)));
      },
    ),
  );
});

test('backoffMs: never gets shorter from one attempt to the next, chance aside', () => {
  fc.assert(
    fc.property(backoffs, fc.integer({ min: 1, max: 100 }), chance, (backoff, attempt, random) => {
      expect(backoffMs(backoff, attempt + 1, random)).toBeGreaterThanOrEqual(
        backoffMs(backoff, attempt, random),
      );
    }),
  );
});

test('backoffMs: doubles when nothing else is said', () => {
  const delays = [1, 2, 3, 4].map((attempt) => backoffMs({ minMs: 10, maxMs: 50 }, attempt, 0.9));
  expect(delays).toEqual([10, 20, 40, 50]);
});

const bug = crashed(new Error('bug'));

test.each<readonly [ExitReason, Verdict, Verdict, Verdict, boolean]>([
  [normal, 'restart', 'keep', 'remove', false],
  [shutdown, 'restart', 'keep', 'remove', false],
  [{ kind: 'shutdown', detail: 'why' }, 'restart', 'keep', 'remove', false],
  [killed, 'restart', 'restart', 'remove', true],
  [bug, 'restart', 'restart', 'remove', true],
])('verdictOn: %j', (reason, permanent, transient, temporary, reported) => {
  expect(verdictOn('permanent', reason)).toBe(permanent);
  expect(verdictOn('transient', reason)).toBe(transient);
  expect(verdictOn('temporary', reason)).toBe(temporary);
  expect(isReported('permanent', reason)).toBe(true);
  expect(isReported('transient', reason)).toBe(reported);
  expect(isReported('temporary', reason)).toBe(reported);
});

const idLists = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 10 });

test('affectedBy: is the child alone, all of them, or it and those behind', () => {
  fc.assert(
    fc.property(idLists, fc.nat(), (ids, pick) => {
      const index = pick % ids.length;
      const ended = ids[index] ?? '';
      expect(affectedBy('one_for_one', ended, ids)).toEqual([ended]);
      expect(affectedBy('one_for_all', ended, ids)).toEqual(ids);
      expect(affectedBy('rest_for_one', ended, ids)).toEqual(ids.slice(index));
    }),
  );
});

const start = worker({ init: () => 0, receive: (state: number) => state }, undefined);
const goodSpecs = fc
  .uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,8}$/), { maxLength: 6 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record<ChildSpec>({
          id: fc.constant(id),
          start: fc.constant(start),
          restart: fc.constantFrom('permanent', 'transient', 'temporary'),
          shutdown: fc.oneof(
            fc.nat(),
            fc.constantFrom('infinity' as const, 'brutal-kill' as const),
          ),
        }),
      ),
    ),
  );
const autoShutdowns = fc.constantFrom<AutoShutdown>('never', 'any-significant', 'all-significant');

test('faultyChildSpecs: finds nothing in what is right', () => {
  fc.assert(
    fc.property(goodSpecs, autoShutdowns, (specs, autoShutdown) => {
      expect(faultyChildSpecs(specs, autoShutdown)).toBeUndefined();
    }),
  );
});

test('faultyChildSpecs: finds the one that is wrong, wherever it stands', () => {
  const wrong = fc.constantFrom<ChildSpec>(
    { id: '', start },
    { id: 'A/B', start },
    { id: 'A', start, shutdown: -1 },
    { id: 'A', start, significant: true },
    { id: 'A', start, significant: true, restart: 'permanent' },
  );
  fc.assert(
    fc.property(goodSpecs, wrong, fc.nat(), autoShutdowns, (specs, spec, at, autoShutdown) => {
      const all = specs.toSpliced(at % (specs.length + 1), 0, spec);
      expect(faultyChildSpecs(all, autoShutdown)).toEqual(expect.any(String));
      expect(faultyChildSpecs([...specs, ...specs.slice(0, 1)], 'never') === undefined).toBe(
        specs.length === 0,
      );
    }),
  );
});

test('faultyIntensity: bounds below zero, and no period, are faulty', () => {
  expect(faultyIntensity({ restartsMax: 0, periodMs: 1 })).toBeUndefined();
  expect(faultyIntensity({ restartsMax: Infinity, periodMs: 1 })).toBeUndefined();
  expect(faultyIntensity({ restartsMax: -1, periodMs: 1 })).toBe('invalid intensity -1');
  expect(faultyIntensity({ restartsMax: 1, periodMs: 0 })).toBe('invalid period 0');
});

test('Mailbox: is a queue, whenever it is compacted', () => {
  const operations = fc.array(fc.constantFrom('push', 'push', 'take', 'compact', 'clear'));
  fc.assert(
    fc.property(operations, (all) => {
      const [mailbox, model] = [new Mailbox<number>(), [] as number[]];
      for (const [item, operation] of all.entries()) {
        if (operation === 'push') mailbox.push(item);
        if (operation === 'push') model.push(item);
        const taken = operation === 'take' && model.length > 0;
        expect(taken ? mailbox.take() : undefined).toBe(taken ? model.shift() : undefined);
        if (operation === 'compact') mailbox.compact();
        if (operation === 'clear') mailbox.clear();
        if (operation === 'clear') model.length = 0;
        expect(mailbox.length).toBe(model.length);
        expect([...mailbox.waiting()]).toEqual(model);
      }
    }),
  );
});
