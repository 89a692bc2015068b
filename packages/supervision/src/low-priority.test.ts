import { actorName } from './actor-ref';
import type { Behaviour } from './behaviour';
import { LowPriority, type Priority } from './low-priority';
import { NactRuntime, type Runnable } from './nact-runtime';
import { quiet, Scene } from './scene.suite';
import { worker } from './worker';

/** Keeps the machine busy. */
function work(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

/** Actors that note when they run, each after that much work. */
function runnables(count: number, priority: Priority, workMs: number, ran: number[]): Runnable[] {
  return Array.from({ length: count }, (_, number) => ({
    priority,
    run() {
      work(workMs);
      ran.push(number);
    },
  }));
}

function wake(runtime: NactRuntime, actors: readonly Runnable[]): void {
  for (const actor of actors) runtime.wake(runtime.spawn(), actor);
}

test('those of low priority run in the order they were woken up in, a few in each turn', async () => {
  const runtime = new NactRuntime();
  const ran: number[] = [];
  wake(runtime, runnables(100, 'low', 1, ran));
  let mostInTurn = 0;
  while (ran.length < 100) {
    const before = ran.length;
    await quiet(1);
    mostInTurn = Math.max(mostInTurn, ran.length - before);
  }
  expect(ran).toEqual(Array.from({ length: 100 }, (_, number) => number));
  expect(mostInTurn).toBeLessThanOrEqual(2);
  runtime.stop();
});

test('those of normal priority all run in one turn, however long the others wait', async () => {
  const runtime = new NactRuntime();
  const [low, normal]: number[][] = [[], []];
  wake(runtime, runnables(100, 'low', 1, low ?? []));
  wake(runtime, runnables(100, 'normal', 0, normal ?? []));
  await quiet(2);
  expect(normal).toHaveLength(100);
  expect(low?.length).toBeLessThanOrEqual(6);
  await quiet(200);
  expect(low).toHaveLength(100);
  runtime.stop();
});

test('those of low priority come to their share, whatever others do', async () => {
  const runtime = new NactRuntime();
  const ran: number[] = [];
  const handle = runtime.spawn();
  const busy: Runnable = {
    priority: 'normal',
    run() {
      work(1);
      if (ran.length < 50) runtime.wake(handle, busy);
    },
  };
  runtime.wake(handle, busy);
  wake(runtime, runnables(50, 'low', 0, ran));
  await quiet(50);
  expect(ran).toHaveLength(50);
  runtime.stop();
});

test('whoever wakes up while others wait comes after them', async () => {
  const runtime = new NactRuntime();
  const ran: number[] = [];
  wake(runtime, runnables(40, 'low', 1, ran));
  await quiet(4);
  wake(runtime, [{ priority: 'low', run: () => void ran.push(40) }]);
  await quiet(200);
  expect(ran).toEqual(Array.from({ length: 41 }, (_, number) => number));
  runtime.stop();
});

test('what waits and is released is dropped', async () => {
  const runtime = new NactRuntime();
  const ran: number[] = [];
  const actors = runnables(40, 'low', 1, ran);
  const handles = actors.map(() => runtime.spawn());
  actors.forEach((actor, at) => {
    const handle = handles[at];
    if (handle !== undefined) runtime.wake(handle, actor);
  });
  await quiet(4);
  const ranBefore = ran.length;
  expect(ranBefore).toBeLessThan(40);
  for (const handle of handles) runtime.release(handle);
  await quiet(100);
  expect(ran).toHaveLength(ranBefore);
  runtime.stop();
});

test('what takes no time is not held back', () => {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const low = new LowPriority();
  let ran = 0;
  for (let number = 0; number < 1_000; number++) {
    low.queue(() =>
      low.run(
        () => void ran++,
        () => undefined,
      ),
    );
  }
  expect(ran).toBe(1_000);
  clock.mockRestore();
});

test('an actor of low priority is one for as long as it says, or until it starts again', async () => {
  const scene = new Scene();
  const name = actorName<'lower' | 'say' | 'crash'>('one');
  const said: string[] = [];
  const behaviour: Behaviour<undefined, undefined, 'lower' | 'say' | 'crash'> = {
    init: (_, { priority }) => void said.push(`starts ${priority}`),
    receive(state, message, context) {
      if (message === 'crash') throw new Error('crash');
      if (message === 'lower') context.lowPriorityUntilMs = context.now() + 1_000;
      else said.push(`is ${context.priority}`);
      return state;
    },
  };
  await scene.supervise({
    children: [{ id: 'one', start: worker(behaviour, undefined, { name }) }],
  });
  const one = scene.at(name);
  const tell = async (...messages: readonly ('lower' | 'say' | 'crash')[]): Promise<void> => {
    for (const message of messages) {
      one.send(message);
      await quiet();
    }
  };
  await tell('lower', 'say');
  scene.clock.advance(1_000);
  await tell('say', 'lower', 'crash', 'say');
  expect(said).toEqual(['starts normal', 'is low', 'is normal', 'starts normal', 'is normal']);
});

test('whoever was woken up as one of low priority runs as one', async () => {
  const runtime = new NactRuntime();
  const ran: number[] = [];
  const actors = Array.from({ length: 20 }, (_, number) => ({
    priority: 'low' as Priority,
    run() {
      work(1);
      ran.push(number);
    },
  }));
  wake(runtime, actors);
  for (const actor of actors) actor.priority = 'normal';
  await quiet(2);
  expect(ran.length).toBeLessThanOrEqual(6);
  await quiet(40);
  expect(ran).toHaveLength(20);
  runtime.stop();
});
