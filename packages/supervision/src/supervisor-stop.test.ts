import { actorName, type ActorRef } from './actor-ref';
import {
  dynamicSupervisor,
  type DynamicSupervisorMessage,
  startDynamicChild,
} from './dynamic-supervisor';
import type { Shutdown } from './child-spec';
import { normal, shutdown } from './exit-reason';
import {
  crash,
  down,
  never,
  note,
  type ProbeMessage,
  quiet,
  Scene,
  stopWith,
  supervisorReport,
} from './scene.suite';
import { supervisor, terminateChild, whichChildren } from './supervisor';

interface Stubborn {
  readonly terminate?: () => void | Promise<void>;
}
const dynamicName = actorName<DynamicSupervisorMessage<Stubborn, ProbeMessage>>('dynamic');

function fails(): never {
  throw new Error('cannot close');
}

/** A dynamic supervisor whose children end as their args say. */
async function dynamic(
  scene: Scene,
  within: Shutdown,
): Promise<ActorRef<DynamicSupervisorMessage<Stubborn, ProbeMessage>>> {
  const child = {
    idPrefix: 'd',
    shutdown: within,
    behaviour: {
      init: (args: Stubborn) => args,
      receive: (state: Stubborn, message: ProbeMessage) => {
        if (message.do === 'crash') throw new Error('crash');
        return state;
      },
      terminate: (state: Stubborn) => state.terminate?.(),
    },
  };
  await scene.supervise({
    children: [{ id: 'dynamic', start: dynamicSupervisor({ child }, dynamicName) }],
  });
  return scene.at(dynamicName);
}

test('sup_stop_infinity: a child without a limit is waited for', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  await scene.supervise({
    children: [scene.probe('a', { shutdown: 'infinity', terminate: () => promise })],
  });
  const stopped = scene.system.stop();
  await quiet();
  scene.clock.advance(10_000_000);
  await quiet();
  expect(scene.node('top/a')).toMatchObject({ status: 'stopping' });
  resolve();
  expect(await stopped).toEqual(shutdown);
  expect(scene.reports.errors).toEqual([]);
});

test('sup_stop_timeout: a child that takes too long is killed, and that is reported', async () => {
  const scene = new Scene();
  const children = [
    scene.probe('a'),
    scene.probe('slow', { shutdown: 300, terminate: () => never }),
    scene.probe('b'),
  ];
  await scene.supervise({ children });
  const stopped = scene.system.stop();
  await quiet();
  scene.clock.advance(299);
  await quiet();
  expect(scene.journal).toEqual(['+a', '+slow', '+b', '-b', '-slow']);
  scene.clock.advance(1);
  expect(await stopped).toEqual(shutdown);
  expect(scene.journal.at(-1)).toBe('-a');
  expect(scene.reports.of(supervisorReport('shutdown_error'))).toMatchObject([
    { offender: { id: 'slow' }, reason: { kind: 'killed' } },
  ]);
  expect(scene.clock.pending).toBe(0);
});

test('sup_stop_timeout_dynamic: children share one shutdown time, and one report', async () => {
  const scene = new Scene();
  const target = await dynamic(scene, 300);
  await startDynamicChild(target, { terminate: () => never });
  await startDynamicChild(target, {});
  await startDynamicChild(target, { terminate: () => never });
  const stopped = scene.system.stop();
  await quiet();
  expect(scene.clock.pending).toBe(1);
  scene.clock.advance(300);
  expect(await stopped).toEqual(shutdown);
  expect(scene.reports.of(supervisorReport('shutdown_error'))).toMatchObject([
    { offender: { id: '2 children' }, reason: { kind: 'killed' } },
  ]);
});

test('sup_stop_brutal_kill: a child to be killed is not asked, and that is no error', async () => {
  const scene = new Scene();
  await scene.supervise({
    children: [scene.probe('a', { shutdown: 'brutal-kill' }), scene.probe('b')],
  });
  const ended = down(scene.ref('a'));
  await scene.system.stop();
  expect((await ended).reason).toEqual({ kind: 'killed' });
  expect(scene.journal).toEqual(['+a', '+b', '-b']);
  expect(scene.reports.errors).toEqual([]);
});

test('sup_stop_brutal_kill_dynamic: all children are killed at once', async () => {
  const scene = new Scene();
  const target = await dynamic(scene, 'brutal-kill');
  const terminate = jest.fn<void, []>();
  for (let n = 0; n < 3; n++) await startDynamicChild(target, { terminate });
  expect(await scene.system.stop()).toEqual(shutdown);
  expect(terminate).not.toHaveBeenCalled();
  expect(scene.reports.errors).toEqual([]);
});

test('sup_stop_race: a child that ends by itself while its supervisor stops holds nothing up', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const last = scene.probe('last', { shutdown: 'infinity', terminate: () => promise });
  await scene.supervise({ children: [scene.probe('a'), scene.probe('b'), last] });
  const stopped = scene.system.stop();
  await quiet();
  scene.ref('a').send(crash);
  scene.ref('b').send(stopWith(normal));
  await quiet();
  resolve();
  expect(await stopped).toEqual(shutdown);
  expect(scene.journal).toEqual(['+a', '+b', '+last', '-last', '-a', '-b']);
});

test('sup_stop_race: a child that a restart was stopping already is stopped and reported once', async () => {
  const scene = new Scene();
  const slow = scene.probe('slow', { shutdown: 100, terminate: () => never });
  await scene.supervise({ strategy: 'one_for_all', children: [scene.probe('a'), slow] });
  scene.ref('a').send(crash);
  await quiet();
  const stopped = scene.system.stop();
  await quiet();
  expect(scene.clock.pending).toBe(1);
  scene.clock.advance(100);
  expect(await stopped).toEqual(shutdown);
  expect(scene.reports.errors).toEqual(['child_terminated a', 'shutdown_error slow']);
  expect(scene.happened()).toEqual(['+a', '+slow', '-a', '-slow']);
});

test('sup_stop_race: two who stop the system wait for the same end', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a')] });
  expect(await Promise.all([scene.system.stop(), scene.system.stop(), scene.system.ended])).toEqual(
    Array.from({ length: 3 }, () => shutdown),
  );
  expect(await scene.system.stop()).toEqual(shutdown);
});

test('sup_stop_race: a child that is being started is killed, and what it opened is closed', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const inits: (undefined | Promise<void>)[] = [undefined, promise];
  await scene.supervise({ children: [scene.probe('a', { init: () => inits.shift() })] });
  scene.ref('a').send(crash);
  await scene.reports.until(supervisorReport('child_terminated', 'a'));
  await quiet();
  expect(scene.node('top/a')).toMatchObject({ status: 'starting' });
  expect(await scene.system.stop()).toEqual(shutdown);
  expect(scene.happened()).toEqual(['+a', '-a']);
  resolve();
  await quiet();
  expect(scene.happened()).toEqual(['+a', '-a']);
});

test('sup_stop_non_shutdown_exit_dynamic: children that stop badly in one way are one report', async () => {
  const scene = new Scene();
  const target = await dynamic(scene, 1_000);
  for (let n = 0; n < 3; n++) await startDynamicChild(target, { terminate: fails });
  await startDynamicChild(target, {});
  await scene.system.stop();
  expect(scene.reports.of(supervisorReport('shutdown_error'))).toMatchObject([
    {
      offender: { id: '3 children' },
      reason: { kind: 'crashed', error: { message: 'cannot close' } },
    },
  ]);
});

test('sup_stop_manual: a child that is terminated ends in order, and stays stopped', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('a'), scene.probe('b')] });
  const a = scene.ref('a');
  for (const text of ['1', '2']) a.send(note(text));
  expect(await terminateChild(root, 'a')).toEqual({ ok: true });
  expect(scene.journal).toEqual(['+a', '+b', '1', '2', '-a']);
  expect(a.send(note('3'))).toBe('gone');
  expect(await whichChildren(root)).toMatchObject([{ id: 'a', ref: undefined }, { id: 'b' }]);
});

test('sup_stop_manual_timeout: a child that is terminated and takes too long is killed', async () => {
  const scene = new Scene();
  const root = await scene.supervise({
    children: [scene.probe('a', { shutdown: 50, terminate: () => never })],
  });
  const terminated = terminateChild(root, 'a');
  await quiet();
  scene.clock.advance(50);
  expect(await terminated).toEqual({ ok: true });
  expect(scene.reports.errors).toEqual(['shutdown_error a']);
});

test('order_of_children: they stop in reverse, each when the one behind has ended', async () => {
  const scene = new Scene();
  const ids = ['a', 'b', 'c', 'd'];
  const inner = supervisor({ children: ['x', 'y'].map((id) => scene.probe(id)) });
  const children = [...ids.map((id) => scene.probe(id)), { id: 'inner', start: inner }];
  await scene.supervise({ children });
  expect(scene.happened()).toEqual(['+a', '+b', '+c', '+d', '+x', '+y']);
  await scene.system.stop();
  expect(scene.happened()).toEqual(['-y', '-x', '-d', '-c', '-b', '-a']);
});

test('a terminate that throws turns the reason into crashed', async () => {
  const scene = new Scene();
  const children = [scene.probe('a', { restart: 'transient', terminate: fails })];
  await scene.supervise({ children });
  const ended = down(scene.ref('a'));
  scene.ref('a').send(stopWith(normal));
  expect((await ended).reason).toMatchObject({
    kind: 'crashed',
    error: { message: 'cannot close' },
  });
  await scene.reports.started('a', 2);
  expect(scene.reports.crashes).toEqual(['top/a terminate']);
});
