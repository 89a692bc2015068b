import type { Actor } from './actor';
import type { ActorRef } from './actor-ref';
import { type ActorContext, ignore, type Ignore } from './behaviour';
import { type ExitReason, normal } from './exit-reason';
import { down, never, quiet, Scene } from './scene.suite';
import { kill, startSystem } from './system';
import { worker } from './worker';

import { bug, recorder, type Told } from './recorder.suite';

function throwsText(): never {
  // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- the case
  throw 'a string';
}

function ignores(): Promise<undefined | Ignore> {
  return Promise.resolve<Ignore>(ignore);
}

test('init: makes the first state, of every incarnation anew', async () => {
  const scene = new Scene();
  const sums: number[] = [];
  const it = recorder([], { settled: (sum) => (sums.push(sum), sum) });
  const ref = await scene.run(it, 10);
  for (const told of [1, 2]) ref.send(told);
  await quiet();
  ref.send('throw');
  await quiet();
  ref.send(3);
  await quiet();
  expect(sums).toEqual([13, 13]);
});

test('init: messages that come while it waits are handled after it, in order', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<number>();
  const log: unknown[] = [];
  let self: ActorRef<Told> | undefined;
  const init = (_: number, context: ActorContext<Told>): Promise<number> => {
    self = context.self;
    return promise;
  };
  const started = scene.run(recorder(log, { init }), 0);
  await quiet();
  for (const told of ['a', 'b']) self?.send(told);
  await quiet();
  expect(log).toEqual([]);
  resolve(0);
  await started;
  await quiet();
  expect(log).toEqual(['a', 'b']);
});

test('init: one that hangs is killed when its supervisor stops', async () => {
  const scene = new Scene();
  const outcomes: unknown[] = [];
  const target = await scene.superviseKin();
  const starting = scene.tryKin(target, 'a', { init: () => never });
  void starting.then((outcome) => outcomes.push(outcome));
  await quiet();
  expect(outcomes).toEqual([]);
  expect(scene.node('top/kin/a')).toMatchObject({ status: 'starting' });
  await scene.system.stop();
  expect(await starting).toEqual({ ok: false, reason: 'gone' });
});

test('init: an actor may stop, or be killed, before it is up', async () => {
  const scene = new Scene();
  const reasons: ExitReason[] = [];
  const target = await scene.superviseKin();
  const a = await scene.tryKin(target, 'a', { init: () => kill(scene.early('a')) });
  expect(a).toMatchObject({ ok: false, reason: 'failed', error: { message: 'killed' } });
  const system = await startSystem(
    worker(
      {
        init: (_: number, context: ActorContext<never>) => context.stop(),
        receive: (state) => state,
        terminate: (_, reason) => void reasons.push(reason),
      },
      0,
    ),
    { name: 'alone', reports: scene.reports.sink },
  );
  if (!system.ok) throw system.error;
  expect(await system.system.ended).toEqual(normal);
  expect(reasons).toEqual([normal]);
});

test('init: what a killed one goes on to begin is not begun', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const target = await scene.superviseKin();
  const init = async (): Promise<void> => {
    await promise;
    (scene.early('a') as Actor).after(10, 'tick');
  };
  const a = scene.tryKin(target, 'a', { init });
  kill(scene.early('a'));
  expect(await a).toMatchObject({ ok: false });
  resolve();
  await quiet();
  expect(scene.clock.pending).toBe(0);
});

test('a root that ignores, and a promise of a state that ignores, do not start', async () => {
  const scene = new Scene();
  const root = worker({ init: ignores, receive: (state: undefined) => state }, 0);
  expect(await scene.tryStart(root)).toMatchObject({ ok: false });
});

test('receive: the message that crashed is not handled again, and those behind it are', async () => {
  const scene = new Scene();
  const log: unknown[] = [];
  const ref = await scene.run(recorder(log), 0);
  for (const told of [1, 'throw', 2, 'throw', 3]) ref.send(told);
  await quiet();
  expect(log).toEqual([1, 'throw', 2, 'throw', 3]);
  expect(scene.node('top/it')).toMatchObject({ restarts: 2, messagesHandled: 5 });
});

test('receive: what is thrown need not be an error', async () => {
  const scene = new Scene();
  const ref = await scene.run(recorder([], { receive: throwsText }), 0);
  ref.send(1);
  const { reason } = await down(ref);
  expect(reason).toEqual({ kind: 'crashed', error: new Error('a string') });
});

test('settled: is called once a wake-up, after its last message', async () => {
  const scene = new Scene();
  const log: unknown[] = [];
  const ref = await scene.run(recorder(log, { settled: (sum) => (log.push('settled'), sum) }), 0);
  for (const told of [1, 2, 3]) ref.send(told);
  await quiet();
  ref.send(4);
  await quiet();
  expect(log).toEqual([1, 2, 3, 'settled', 4, 'settled']);
});

test('settled: a throw in it is a crash without a message', async () => {
  const scene = new Scene();
  const failed = jest.fn();
  const ref = await scene.run(recorder([], { settled: bug, failed }), 0);
  ref.send(1);
  expect((await down(ref)).reason).toMatchObject({ kind: 'crashed' });
  expect(failed).not.toHaveBeenCalled();
  expect(scene.reports.crashes).toEqual(['top/it settled']);
});

test('failed: is told the message that crashed, and the state before it', async () => {
  const scene = new Scene();
  const log: unknown[] = [];
  const it = recorder([], {
    failed: (sum, message, error) => void log.push(sum, message, error.message),
  });
  const ref = await scene.run(it, 1);
  for (const told of [5, 'throw']) ref.send(told);
  await quiet();
  expect(log).toEqual([6, 'throw', 'told to']);
});

test('failed: a throw in it is reported and changes nothing', async () => {
  const scene = new Scene();
  const ref = await scene.run(recorder([], { failed: bug }), 0);
  ref.send('throw');
  expect((await down(ref)).reason).toMatchObject({ error: { message: 'told to' } });
  expect(scene.reports.crashes).toEqual(['top/it receive', 'top/it failed']);
});
