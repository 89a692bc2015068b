import { actorName } from './actor-ref';
import { normal } from './exit-reason';
import {
  crash,
  down,
  failsAt,
  incarnationOf,
  never,
  onlyOnce,
  quiet,
  Scene,
  stopWith,
  supervisorReport,
} from './scene.suite';
import {
  deleteChild,
  restartChild,
  startChild,
  supervisor,
  terminateChild,
  whichChildren,
} from './supervisor';
import type { Strategy } from './strategy';
import type { SupervisorRequest } from './supervisor-message';

const gaveUp = { kind: 'shutdown', detail: 'reached_max_restart_intensity' } as const;

/** A supervisor of a, b, c and d. */
async function four(strategy: Strategy, restartsMax = 1): Promise<Scene> {
  const scene = new Scene();
  const children = ['a', 'b', 'c', 'd'].map((id) => scene.probe(id));
  await scene.supervise({ strategy, intensity: { restartsMax, periodMs: 5_000 }, children });
  scene.happened();
  return scene;
}

test('multiple_restarts: a child is started again as often as the intensity allows, and not once more', async () => {
  const scene = await four('one_for_one', 3);
  for (const times of [2, 3, 4]) await scene.crash('a', times);
  scene.ref('a').send(crash);
  expect(await scene.system.ended).toEqual(gaveUp);
  expect(scene.happened()).toEqual(['-a', '+a', '-a', '+a', '-a', '+a', '-a', '-d', '-c', '-b']);
  expect(scene.reports.errors.slice(-2)).toEqual(['child_terminated a', 'shutdown a']);
});

test('multiple_restarts: restarts of all children count together', async () => {
  const scene = await four('one_for_one', 2);
  await scene.crash('a');
  await scene.crash('b');
  scene.ref('c').send(crash);
  expect(await scene.system.ended).toEqual(gaveUp);
});

test('multiple_restarts: with backoff each waits longer, and what waits in the mailbox waits too', async () => {
  const scene = new Scene();
  const backoff = { minMs: 100, maxMs: 300, jitter: 0.5 };
  const intensity = { restartsMax: 10, periodMs: 5_000 };
  await scene.supervise({ backoff, intensity, children: [scene.probe('a')] });
  scene.random = 0.5;
  for (const [index, delayMs] of [75, 150, 225, 225].entries()) {
    scene.ref('a').send(crash);
    const answer = incarnationOf(scene.ref('a'));
    await quiet();
    scene.clock.advance(delayMs - 1);
    await quiet();
    expect(scene.node('top/a')).toMatchObject({ status: 'restarting' });
    scene.clock.advance(1);
    expect(await answer).toBe(index + 2);
  }
});

test('one_for_one: only the child that ended is started again', async () => {
  const scene = await four('one_for_one');
  await scene.crash('b');
  expect(scene.happened()).toEqual(['-b', '+b']);
});

test('one_for_one_escalation: a supervisor that gives up ends with shutdown, its children stopped', async () => {
  const scene = await four('one_for_one', 0);
  scene.ref('b').send(crash);
  expect(await scene.system.ended).toEqual(gaveUp);
  expect(scene.happened()).toEqual(['-b', '-d', '-c', '-a']);
  expect(scene.reports.errors).toEqual(['child_terminated b', 'shutdown b']);
});

test('one_for_one_escalation: a start that fails again and again uses the intensity up', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: 3, periodMs: 5_000 };
  await scene.supervise({ intensity, children: [scene.probe('a', failsAt(2, 3, 4, 5))] });
  scene.ref('a').send(crash);
  expect(await scene.system.ended).toEqual(gaveUp);
  expect(scene.reports.errors).toEqual([
    'child_terminated a',
    'start_error a',
    'start_error a',
    'start_error a',
    'shutdown a',
  ]);
});

test('one_for_one_escalation: its own supervisor starts the subtree again', async () => {
  const scene = new Scene();
  const name = actorName<SupervisorRequest>('sub');
  const children = ['x', 'y'].map((id) => scene.probe(id));
  const sub = supervisor({ intensity: { restartsMax: 0, periodMs: 1 }, children }, name);
  await scene.supervise({ children: [{ id: 'sub', start: sub }, scene.probe('z')] });
  const [subBefore, xBefore] = [scene.at(name), scene.ref('x')];
  scene.ref('x').send(crash);
  await scene.reports.started('sub', 2);
  expect(scene.happened()).toEqual(['+x', '+y', '+z', '-x', '-y', '+x', '+y']);
  expect(scene.at(name)).toBe(subBefore);
  // The children of the new incarnation are others: theirs is another place.
  expect(scene.ref('x')).not.toBe(xBefore);
  expect(await incarnationOf(xBefore)).toBe('gone');
  expect(scene.reports.errors).toEqual([
    'child_terminated x',
    'shutdown x',
    'child_terminated sub',
  ]);
  expect(await whichChildren(subBefore)).toHaveLength(2);
});

test('one_for_all: all children are stopped in reverse and started in order', async () => {
  const scene = await four('one_for_all');
  const b = scene.ref('b');
  await scene.crash('b');
  await scene.reports.started('d', 2);
  expect(scene.happened()).toEqual(['-b', '-d', '-c', '-a', '+a', '+b', '+c', '+d']);
  expect(scene.ref('b')).toBe(b);
});

test('one_for_all_escalation: one restart too many ends the supervisor', async () => {
  const scene = await four('one_for_all', 0);
  scene.ref('a').send(crash);
  expect(await scene.system.ended).toEqual(gaveUp);
  expect(scene.happened()).toEqual(['-a', '-d', '-c', '-b']);
});

test('one_for_all_other_child_fails_restart: another child that fails has all stopped and tried again', async () => {
  const scene = new Scene();
  const children = [scene.probe('a'), scene.probe('b', failsAt(2)), scene.probe('c')];
  const intensity = { restartsMax: 2, periodMs: 5_000 };
  await scene.supervise({ strategy: 'one_for_all', intensity, children });
  scene.ref('a').send(crash);
  await scene.reports.started('c', 2);
  expect(scene.happened()).toEqual([
    '+a',
    '+b',
    '+c',
    '-a',
    '-c',
    '-b',
    '+a',
    '-a',
    '+a',
    '+b',
    '+c',
  ]);
  expect(scene.reports.errors).toEqual(['child_terminated a', 'start_error b']);
});

test('one_for_all_other_child_fails_restart: when that one is terminated, the others can be started by hand', async () => {
  const scene = new Scene();
  const children = [scene.probe('a', { init: onlyOnce }), scene.probe('b')];
  const intensity = { restartsMax: 1_000, periodMs: 5_000 };
  const root = await scene.supervise({ strategy: 'one_for_all', intensity, children });
  scene.ref('b').send(crash);
  await scene.reports.until(supervisorReport('start_error'), 3);
  expect(await terminateChild(root, 'a')).toEqual({ ok: true });
  expect(await whichChildren(root)).toMatchObject([{ ref: undefined }, { ref: undefined }]);
  expect(await restartChild(root, 'b')).toMatchObject({ ok: true });
  expect(await deleteChild(root, 'a')).toEqual({ ok: true });
});

test('rest_for_one: the child that ended and those started after it are started again', async () => {
  const scene = await four('rest_for_one');
  await scene.crash('b');
  await scene.reports.started('d', 2);
  expect(scene.happened()).toEqual(['-b', '-d', '-c', '+b', '+c', '+d']);
});

test('rest_for_one_escalation: one restart too many ends the supervisor', async () => {
  const scene = await four('rest_for_one', 0);
  scene.ref('b').send(crash);
  expect(await scene.system.ended).toEqual(gaveUp);
});

test('rest_for_one_other_child_fails_restart: a later child that fails is tried again by itself and what follows', async () => {
  const scene = new Scene();
  const children = [
    scene.probe('a'),
    scene.probe('b'),
    scene.probe('c', failsAt(2)),
    scene.probe('d'),
  ];
  const intensity = { restartsMax: 2, periodMs: 5_000 };
  await scene.supervise({ strategy: 'rest_for_one', intensity, children });
  scene.happened();
  scene.ref('b').send(crash);
  await scene.reports.started('d', 2);
  expect(scene.happened()).toEqual(['-b', '-d', '-c', '+b', '+c', '+d']);
  expect(scene.reports.errors).toEqual(['child_terminated b', 'start_error c']);
});

test('one_for_all: siblings that end while others are stopped are one restart', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = scene.probe('slow', { terminate: () => promise });
  await scene.supervise({
    strategy: 'one_for_all',
    children: [scene.probe('a'), scene.probe('b'), slow],
  });
  scene.ref('a').send(crash);
  await quiet();
  scene.ref('b').send(crash);
  await quiet();
  resolve();
  await scene.reports.started('slow', 2);
  await quiet();
  expect(scene.node('top')).toMatchObject({ status: 'running' });
  expect(scene.reports.errors).toEqual(['child_terminated a', 'shutdown_error b']);
  expect(scene.happened().slice(3)).toEqual(['-a', '-slow', '-b', '+a', '+b', '+slow']);
});

test('one_for_all: a child that crashes while the others still start is handled after that', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = scene.probe('slow', { init: () => promise });
  const starting = scene.supervise({ children: [scene.probe('a'), slow, scene.probe('b')] });
  await quiet();
  scene.journal.push('crash');
  const [progress] = scene.reports.all;
  expect(progress).toMatchObject({ started: { id: 'a' } });
  scene.early('a').send(crash);
  await quiet();
  expect(scene.happened()).toEqual(['+a', 'crash', '-a']);
  resolve();
  await starting;
  await scene.reports.started('a', 2);
  expect(scene.happened()).toEqual(['+slow', '+b', '+a']);
});

test('one_for_all: a child that ended normally and is kept comes back with its siblings', async () => {
  const scene = new Scene();
  const children = [scene.probe('a'), scene.probe('b', { restart: 'transient' })];
  const root = await scene.supervise({ strategy: 'one_for_all', children });
  const gone = down(scene.ref('b'), 'gone');
  scene.ref('b').send(stopWith(normal));
  await gone;
  await scene.crash('a');
  await scene.reports.started('b', 2);
  expect(await whichChildren(root)).toMatchObject([
    { ref: { path: 'top/a' } },
    { ref: { path: 'top/b' } },
  ]);
});

test('one_for_one: a start that hangs keeps the supervisor answering and stoppable', async () => {
  const scene = await four('one_for_one');
  const root = scene.at(actorName<SupervisorRequest>('root'));
  const asked = startChild(root, scene.probe('e', { init: () => never }));
  await quiet();
  expect(await whichChildren(root)).toHaveLength(5);
  await scene.system.stop();
  expect(await asked).toEqual({ ok: false, reason: 'gone' });
});
