import { setImmediate } from 'node:timers/promises';
import { Drain, type DrainTimes } from './drain';
import { ManualClock } from './manual-clock.suite';

const times: DrainTimes = {
  drainDelayMs: 20_000,
  drainTimeoutMs: 30_000,
  shutdownTimeoutMs: 5_000,
};

function begun(changes: Partial<DrainTimes> = {}) {
  const clock = new ManualClock();
  const startMs = clock.now();
  const steps: (readonly [atMs: number, step: string])[] = [];
  const note = (step: string): void => void steps.push([clock.now() - startMs, step]);
  const { promise: emptied, resolve: allGo } = Promise.withResolvers<void>();
  const drain = new Drain(
    {
      turnAway: () => note('turn away'),
      announce: (leftMs) => note(`announce ${leftMs}`),
      farewell: () => note('farewell'),
      emptied: () => emptied,
    },
    clock,
  );
  const stop = (): void =>
    void drain.stop({ ...times, ...changes }, () => Promise.resolve(note('over')));
  stop();
  const passes = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await setImmediate();
  };
  return { hurry: stop, steps, allGo, passes };
}

test('people are sent elsewhere, told how long they have, told goodbye, and waited for', async () => {
  const { steps, passes } = begun();
  for (let second = 0; second < 60; second++) await passes(1_000);
  expect(steps).toEqual([
    [0, 'turn away'],
    [20_000, 'announce 30000'],
    [50_000, 'farewell'],
    [55_000, 'over'],
  ]);
});

test('where no time is given, people are told goodbye at once', async () => {
  const { steps, passes } = begun({ drainDelayMs: 0, drainTimeoutMs: 0 });
  await passes(0);
  expect(steps).toEqual([
    [0, 'turn away'],
    [0, 'farewell'],
  ]);
});

test('when all have gone by themselves, nothing is waited for', async () => {
  const { steps, passes, allGo } = begun({ drainDelayMs: 0 });
  await passes(10_000);
  allGo();
  await passes(0);
  expect(steps).toEqual([
    [0, 'turn away'],
    [0, 'announce 30000'],
    [10_000, 'farewell'],
    [10_000, 'over'],
  ]);
});

test('nobody being here does not shorten the time in which people are still sent here', async () => {
  const { steps, passes, allGo } = begun();
  allGo();
  await passes(19_999);
  expect(steps).toEqual([[0, 'turn away']]);
});

test('a hurry while people are sent elsewhere leaves them a second for the farewell', async () => {
  const { hurry, steps, passes } = begun();
  await passes(5_000);
  hurry();
  await passes(0);
  await passes(1_000);
  expect(steps).toEqual([
    [0, 'turn away'],
    [5_000, 'farewell'],
    [6_000, 'over'],
  ]);
});

test('a hurry during the farewell ends it', async () => {
  const { hurry, steps, passes } = begun({ drainDelayMs: 0, drainTimeoutMs: 0 });
  await passes(10);
  hurry();
  await passes(0);
  expect(steps.at(-1)).toEqual([10, 'over']);
});
