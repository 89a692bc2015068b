import { actorName, type ActorRef, type Down, type MonitorUntil } from './actor-ref';
import type { ActorContext, Behaviour } from './behaviour';
import { killed, normal, shutdown } from './exit-reason';
import { crash, incarnationOf, type ProbeMessage, quiet, Scene, stopWith } from './scene.suite';
import { supervisor } from './supervisor';
import { kill } from './system';
import { worker } from './worker';

type Watcher =
  { readonly run: (context: ActorContext<Watcher>) => void } | { readonly told: unknown };

/** Runs what it is told to within its own context, and writes down what it is told. */
function watcher(log: unknown[]): Behaviour<undefined, undefined, Watcher> {
  return {
    init: () => undefined,
    receive(state, message, context) {
      if ('run' in message) message.run(context);
      else log.push(message.told);
      return state;
    },
  };
}

const told = (what: unknown): Watcher => ({ told: what });
const reasonOf = ({ reason }: Down): Watcher => told(reason);
const name = actorName<Watcher>('watcher');
const targetName = actorName<ProbeMessage>('target');

interface Pair {
  readonly scene: Scene;
  readonly log: unknown[];
  readonly target: ActorRef<ProbeMessage>;
  readonly run: (task: (context: ActorContext<Watcher>) => void) => Promise<void>;
}

/** A watcher and something to watch. */
async function pair(restart: 'permanent' | 'temporary' = 'permanent'): Promise<Pair> {
  const scene = new Scene();
  const log: unknown[] = [];
  const intensity = { restartsMax: 10, periodMs: 5_000 };
  const children = [
    { id: 'watcher', start: worker(watcher(log), undefined, { name }) },
    scene.probe('target', { restart }),
  ];
  await scene.supervise({ intensity, children });
  const run = async (task: (context: ActorContext<Watcher>) => void): Promise<void> => {
    scene.at(name).send({ run: task });
    await quiet();
  };
  return { scene, log, target: scene.at(targetName), run };
}

const watch =
  (target: ActorRef<never>, until?: MonitorUntil) =>
  (context: ActorContext<Watcher>): void =>
    void context.monitor(target, reasonOf, until);

test('monitor: tells the next end, once, with its reason', async () => {
  const { log, target, run } = await pair();
  await run(watch(target));
  target.send(stopWith(shutdown));
  await quiet();
  target.send(crash);
  await quiet();
  expect(log).toEqual([shutdown]);
});

test('monitor: until gone, restarts are not told', async () => {
  const { scene, log, target, run } = await pair();
  await run(watch(target, 'gone'));
  target.send(crash);
  await quiet();
  kill(target);
  await scene.reports.started('target', 3);
  expect(log).toEqual([]);
});

test('monitor: until gone, the last reason is told when nothing comes back', async () => {
  const { log, target, run } = await pair('temporary');
  await run(watch(target, 'gone'));
  kill(target);
  await quiet();
  expect(log).toEqual([killed]);
});

test('monitor: of what is gone already is told at once: noproc', async () => {
  const { log, target, run } = await pair('temporary');
  target.send(stopWith(normal));
  await quiet();
  for (const until of ['end', 'gone'] as const) await run(watch(target, until));
  expect(log).toEqual([{ kind: 'noproc' }, { kind: 'noproc' }]);
});

test('monitor: can be cancelled, twice as well', async () => {
  const { log, target, run } = await pair();
  await run((context) => {
    const cancel = context.monitor(target, reasonOf);
    for (let n = 0; n < 2; n++) cancel();
  });
  target.send(crash);
  await quiet();
  expect(log).toEqual([]);
});

test('monitor: ends with the incarnation that began it', async () => {
  const { scene, log, target, run } = await pair();
  await run(watch(target));
  kill(scene.at(name));
  await quiet();
  target.send(crash);
  await quiet();
  expect(log).toEqual([]);
});

test('monitor: a word of an end that still waits at a restart is not for the next incarnation', async () => {
  const { scene, log, target, run } = await pair();
  await run(watch(target));
  kill(target);
  kill(scene.at(name));
  await quiet();
  expect(log).toEqual([]);
  expect(scene.node('top/watcher')).toMatchObject({ restarts: 1, mailboxLength: 0 });
});

test('monitor: a message that cannot be made is the bug of who watches', async () => {
  const { scene, target, run } = await pair();
  await run((context) => {
    context.monitor(target, () => {
      throw new Error('bug');
    });
  });
  target.send(crash);
  await quiet();
  expect(scene.reports.crashes).toEqual(['top/target receive', 'top/watcher receive']);
  expect(await incarnationOf(target)).toBe(2);
});

test('after: a message comes after its time, and not when it is cancelled', async () => {
  const { scene, log, run } = await pair();
  await run((context) => {
    context.after(10, told('ten'));
    context.after(20, told('twenty'))();
    context.after(30, told('thirty'));
  });
  scene.clock.advance(10);
  await quiet();
  expect(log).toEqual(['ten']);
  scene.clock.advance(100);
  await quiet();
  expect(log).toEqual(['ten', 'thirty']);
});

test('after: timers die with their incarnation, also those that had just fired', async () => {
  const { scene, log, run } = await pair();
  await run((context) => {
    context.after(10, told('fired'));
    context.after(20, told('to come'));
  });
  scene.clock.advance(10);
  kill(scene.at(name));
  await quiet();
  expect(scene.clock.pending).toBe(0);
  scene.clock.advance(10);
  await quiet();
  expect(log).toEqual([]);
});

test('after: nothing of an actor that ended is left behind', async () => {
  const { scene, run } = await pair();
  await run((context) => {
    for (let n = 0; n < 100; n++) context.after(n, told(n));
  });
  expect(scene.clock.pending).toBe(100);
  await scene.system.stop();
  expect(scene.clock.pending).toBe(0);
});

test('pipe: what a promise settles to comes as a message', async () => {
  const { log, run } = await pair();
  const error = new Error('no');
  await run((context) => {
    context.pipe(Promise.resolve('yes'), told);
    context.pipe(Promise.reject(error), told);
  });
  expect(log).toEqual([
    { ok: true, value: 'yes' },
    { ok: false, error },
  ]);
});

test('pipe: the result for an old incarnation is dropped', async () => {
  const { scene, log, run } = await pair();
  const { promise, resolve } = Promise.withResolvers<string>();
  await run((context) => context.pipe(promise, told));
  kill(scene.at(name));
  await quiet();
  resolve('late');
  await quiet();
  expect(log).toEqual([]);
});

test('pipe: a message that cannot be made is a crash, and no unhandled rejection', async () => {
  const { scene, run } = await pair();
  await run((context) =>
    context.pipe(Promise.reject(new Error('no')), () => {
      throw new Error('bug');
    }),
  );
  expect(scene.reports.crashes).toEqual(['top/watcher receive']);
});

test('ask: the answer comes as a message', async () => {
  const { log, target, run } = await pair();
  await run((context) =>
    context.ask<ProbeMessage, number>(target, (reply) => ({ do: 'ping', reply }), 1_000, told),
  );
  expect(log).toEqual([{ ok: true, value: 1 }]);
});

test('ask: between two actors that end together nobody waits for ever', async () => {
  const { scene, log, target, run } = await pair();
  kill(target);
  await run((context) =>
    context.ask<ProbeMessage, number>(target, (reply) => ({ do: 'ping', reply }), Infinity, told),
  );
  expect(log).toEqual([{ ok: true, value: 2 }]);
  await scene.system.stop();
  expect(scene.clock.pending).toBe(0);
});

test('context: knows its path, its incarnation, the time and others by name', async () => {
  const { scene, log, target, run } = await pair();
  await run((context) => {
    const { path, incarnation, self } = context;
    log.push(path, incarnation, self.path, context.now(), context.whereIs(targetName));
  });
  expect(log).toEqual(['top/watcher', 1, 'top/watcher', scene.clock.now(), target]);
});

test('a supervisor that is restarted does not take up the work of the incarnation before', async () => {
  const scene = new Scene();
  const children = ['x', 'y'].map((id) => scene.probe(id));
  const sub = supervisor({ strategy: 'one_for_all', children });
  const intensity = { restartsMax: 100, periodMs: 5_000 };
  await scene.supervise({
    strategy: 'one_for_all',
    intensity,
    children: [scene.probe('a'), { id: 'sub', start: sub }],
  });
  for (let round = 0; round < 20; round++) {
    scene.ref('x').send(crash);
    await quiet(round % 5);
    scene.ref('a').send(crash);
    await quiet(100);
  }
  expect(scene.node('top/sub')).toMatchObject({
    status: 'running',
    children: [{ status: 'running' }, { status: 'running' }],
  });
});
