import { setImmediate } from 'node:timers/promises';
import { startSystem, supervisor, worker } from '@chat-server/supervision';
import { ManualClock } from '../manual-clock.suite';
import type { RoomsView } from './observer';
import { observerBehaviour } from './observer-actor';

const rooms: RoomsView = { rooms: [], publicCount: 0, privateCount: 0 };

/** The actor, with an observer that can be made to fail. */
async function ticking() {
  const clock = new ManualClock();
  const seen = { ticks: 0, told: 0, isFailing: false, answer: Promise.resolve(rooms) };
  const observer = {
    isWatched: true,
    tick() {
      seen.ticks++;
      if (seen.isFailing) throw new Error('bug');
    },
    rooms: () => seen.answer,
    tellRooms: () => void seen.told++,
  };
  const children = [{ id: 'ticker', start: worker(observerBehaviour, observer) }];
  const root = supervisor({ intensity: { restartsMax: 5, periodMs: 10_000 }, children });
  const started = await startSystem(root, { name: 'top', reports: () => undefined, clock });
  if (!started.ok) throw started.error;
  const look = async (): Promise<void> => {
    clock.advance(250);
    for (let turn = 0; turn < 10; turn++) await setImmediate();
  };
  return { seen, observer, look, system: started.system };
}

test('it has the observer look four times a second, and asks for rooms once a second while someone watches', async () => {
  const { seen, observer, look, system } = await ticking();
  for (let looks = 0; looks < 3; looks++) await look();
  expect(seen).toMatchObject({ ticks: 3, told: 0 });
  await look();
  expect(seen).toMatchObject({ ticks: 4, told: 1 });
  observer.isWatched = false;
  for (let looks = 0; looks < 4; looks++) await look();
  expect(seen).toMatchObject({ ticks: 8, told: 1 });
  await system.stop();
});

test('rooms that are long in coming are not asked for again', async () => {
  const { seen, observer, look, system } = await ticking();
  const asked = jest.spyOn(observer, 'rooms').mockReturnValue(new Promise(() => undefined));
  for (let looks = 0; looks < 12; looks++) await look();
  expect(asked).toHaveBeenCalledTimes(1);
  expect(seen.ticks).toBe(12);
  await system.stop();
});

test('a look that fails is a crash, and the next look is a quarter of a second later', async () => {
  const { seen, look, system } = await ticking();
  seen.isFailing = true;
  await look();
  seen.isFailing = false;
  await look();
  expect(seen).toMatchObject({ ticks: 2, told: 0 });
  expect(system.info('top/ticker')).toMatchObject({ restarts: 1, status: 'running' });
  await system.stop();
});
