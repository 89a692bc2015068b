import { faultyChildSpecs } from './child-spec';
import { dynamicChildren, startDynamicChild, terminateDynamicChild } from './dynamic-supervisor';
import { normal } from './exit-reason';
import {
  crash,
  down,
  kinName,
  never,
  note,
  quiet,
  Scene,
  stopWith,
  supervisorReport,
} from './scene.suite';
import {
  countChildren,
  deleteChild,
  restartChild,
  startChild,
  supervisor,
  terminateChild,
  whichChildren,
} from './supervisor';

test('child_adm: children are added, terminated, restarted and deleted by id', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [] });
  const a = scene.probe('a');
  expect(await whichChildren(root)).toEqual([]);
  expect(await countChildren(root)).toEqual({ specs: 0, active: 0, supervisors: 0, workers: 0 });

  const started = await startChild(root, a);
  expect(started).toMatchObject({ ok: true, ref: { path: 'top/a' } });
  expect(await startChild(root, a)).toEqual({ ok: false, reason: 'already-started' });
  expect(await restartChild(root, 'a')).toEqual({ ok: false, reason: 'already-started' });
  expect(await deleteChild(root, 'a')).toEqual({ ok: false, reason: 'running' });
  expect(await countChildren(root)).toEqual({ specs: 1, active: 1, supervisors: 0, workers: 1 });

  expect(await terminateChild(root, 'a')).toEqual({ ok: true });
  expect(await terminateChild(root, 'a')).toEqual({ ok: true });
  expect(await startChild(root, a)).toEqual({ ok: false, reason: 'already-present' });
  expect(await whichChildren(root)).toEqual([
    { id: 'a', ref: undefined, kind: 'worker', restart: 'permanent' },
  ]);
  expect(await countChildren(root)).toMatchObject({ specs: 1, active: 0, workers: 1 });

  const again = await restartChild(root, 'a');
  expect(again).toMatchObject({ ok: true, ref: { path: 'top/a' } });
  await terminateChild(root, 'a');
  expect(await deleteChild(root, 'a')).toEqual({ ok: true });
  expect(await whichChildren(root)).toEqual([]);
});

test('child_adm: an id that is not there is not found', async () => {
  const root = await new Scene().supervise({ children: [] });
  const notFound = { ok: false, reason: 'not-found' };
  expect(await terminateChild(root, 'x')).toEqual(notFound);
  expect(await restartChild(root, 'x')).toEqual(notFound);
  expect(await deleteChild(root, 'x')).toEqual(notFound);
});

test('child_adm: a temporary child that is terminated is forgotten', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('a', { restart: 'temporary' })] });
  expect(await terminateChild(root, 'a')).toEqual({ ok: true });
  expect(await whichChildren(root)).toEqual([]);
});

test('child_adm: a child that waits for its restart is neither restarted nor deleted by hand', async () => {
  const scene = new Scene();
  const backoff = { minMs: 100, maxMs: 100 };
  const root = await scene.supervise({ backoff, children: [scene.probe('a')] });
  scene.ref('a').send(crash);
  await scene.reports.until(supervisorReport('child_terminated'));
  await quiet();
  expect(await restartChild(root, 'a')).toEqual({ ok: false, reason: 'restarting' });
  expect(await deleteChild(root, 'a')).toEqual({ ok: false, reason: 'restarting' });
  expect(await whichChildren(root)).toMatchObject([{ id: 'a', ref: 'restarting' }]);
  expect(await terminateChild(root, 'a')).toEqual({ ok: true });
  scene.clock.advance(1_000);
  await quiet();
  expect(await deleteChild(root, 'a')).toEqual({ ok: true });
  expect(scene.happened()).toEqual(['+a', '-a']);
});

test('child_adm: a child that is started again by hand has a new reference', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('a')] });
  const before = scene.ref('a');
  await terminateChild(root, 'a');
  await restartChild(root, 'a');
  expect(scene.ref('a')).not.toBe(before);
  expect(before.send(note('lost'))).toBe('gone');
  expect(scene.ref('a').send(note('heard'))).toBe('sent');
  await quiet();
  expect(scene.happened()).toEqual(['+a', '-a', '+a', 'heard']);
});

test('child_adm: what is asked of a supervisor that ends is answered with gone', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [] });
  const asked = startChild(root, scene.probe('a', { init: () => never }));
  await quiet();
  const behind = terminateChild(root, 'a');
  await scene.system.stop();
  expect(await asked).toEqual({ ok: false, reason: 'gone' });
  expect(await behind).toEqual({ ok: false, reason: 'gone' });
  expect(await restartChild(root, 'a')).toEqual({ ok: false, reason: 'gone' });
  expect(await whichChildren(root)).toEqual([]);
  expect(await countChildren(root)).toMatchObject({ specs: 0 });
});

test('child_adm_simple: dynamic children are started with arguments, counted and terminated', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  expect(dynamicChildren(target)).toEqual([]);
  const [a, b] = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
  expect(dynamicChildren(target)).toEqual([a, b]);
  expect(await scene.tryKin(target, 'a')).toEqual({ ok: false, reason: 'already-started' });
  expect(await terminateDynamicChild(target, 'a')).toBe(true);
  expect(await terminateDynamicChild(target, 'a')).toBe(false);
  expect(dynamicChildren(target)).toEqual([b]);
  await quiet();
  expect(scene.happened()).toEqual(['+a', '+b', '-a']);
  expect(scene.reports.errors).toEqual([]);
});

test('child_adm_simple: ids are made when not given, and never twice', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const args = { id: 'x', journal: scene.journal };
  const first = await startDynamicChild(target, args);
  expect(first).toMatchObject({ ok: true, ref: { path: 'top/kin/k-1' } });
  await terminateDynamicChild(target, 'k-1');
  expect(await startDynamicChild(target, args)).toMatchObject({ ref: { path: 'top/kin/k-2' } });
});

test('child_adm_simple: more children than allowed are refused, not a crash', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({ childrenMax: 2 });
  await scene.kin(target, 'a');
  await scene.kin(target, 'b');
  expect(await scene.tryKin(target, 'c')).toEqual({ ok: false, reason: 'max-children' });
  await terminateDynamicChild(target, 'a');
  expect(await scene.tryKin(target, 'c')).toMatchObject({ ok: true });
});

test('child_adm_simple: two who terminate one child wait for the same end, and its id is taken until then', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const { promise, resolve } = Promise.withResolvers<void>();
  await scene.kin(target, 'a', { terminate: () => promise });
  const both = [terminateDynamicChild(target, 'a'), terminateDynamicChild(target, 'a')];
  expect(await scene.tryKin(target, 'a')).toEqual({ ok: false, reason: 'already-started' });
  await quiet();
  resolve();
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(await scene.tryKin(target, 'a')).toMatchObject({ ok: true });
});

test('child_adm_simple: a supervisor that stops waits for a termination that is under way', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const { promise, resolve } = Promise.withResolvers<void>();
  await scene.kin(target, 'a', { terminate: () => promise });
  const terminated = terminateDynamicChild(target, 'a');
  const stopped = scene.system.stop();
  await quiet();
  expect(scene.node('top/kin/a')).toMatchObject({ status: 'stopping' });
  resolve();
  expect(await terminated).toBe(true);
  await stopped;
});

test('child_adm_simple: nothing is started under a supervisor that is gone', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  await scene.system.stop();
  expect(await scene.tryKin(target, 'a')).toEqual({ ok: false, reason: 'gone' });
  expect(await terminateDynamicChild(target, 'a')).toBe(false);
  expect(dynamicChildren(target)).toEqual([]);
});

test('child_adm_simple: a child that is starting when its supervisor stops is gone', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const starting = scene.tryKin(target, 'a', { init: () => never });
  await scene.system.stop();
  expect(await starting).toEqual({ ok: false, reason: 'gone' });
});

test('child_adm_simple: a namesake is not started again for a crash of the one before', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({
    backoff: { minMs: 100, maxMs: 100 },
    intensity: { restartsMax: 5, periodMs: 5_000 },
  });
  const before = await scene.kin(target, 'a');
  before.send(crash);
  await scene.reports.until(supervisorReport('child_terminated', 'a'));
  await quiet();
  await terminateDynamicChild(target, 'a');
  (await scene.kin(target, 'a')).send(crash);
  scene.clock.advance(50);
  await scene.reports.until(supervisorReport('child_terminated', 'a'), 2);
  await quiet();
  expect(scene.happened()).toEqual(['+a', '-a', '+a', '-a']);
  // When the one before would have been started, this one is not due yet.
  scene.clock.advance(50);
  await quiet();
  expect(scene.happened()).toEqual([]);
  scene.clock.advance(50);
  await quiet();
  expect(scene.happened()).toEqual(['+a']);
  expect(before.send(note('lost'))).toBe('gone');
});

test('child_specs: a list of specs can be checked without starting it', () => {
  const scene = new Scene();
  expect(faultyChildSpecs([scene.probe('a'), scene.probe('b')], 'never')).toBeUndefined();
  expect(faultyChildSpecs([scene.probe('a'), scene.probe('a')], 'never')).toBe(
    'duplicate child id a',
  );
});

test('child_specs_map: each field that is wrong is named', () => {
  const scene = new Scene();
  const fault = (
    spec: Parameters<Scene['probe']>[1],
    auto: 'never' | 'any-significant' = 'never',
  ) => faultyChildSpecs([scene.probe('a', spec)], auto);
  expect(fault({ shutdown: -1 })).toBe('invalid shutdown -1 of child a');
  expect(fault({ significant: true }, 'any-significant')).toBe(
    'permanent child a cannot be significant',
  );
  expect(fault({ significant: true, restart: 'transient' })).toContain('never shuts down');
  expect(fault({ significant: true, restart: 'transient' }, 'any-significant')).toBeUndefined();
  expect(fault({ shutdown: 0 })).toBeUndefined();
});

test('count_children_supervisor: supervisors among the children are counted apart', async () => {
  const scene = new Scene();
  const sub = supervisor({ children: [scene.probe('x'), scene.probe('y')] });
  const children = [scene.probe('a'), { id: 'sub', start: sub }, scene.probe('b')];
  const root = await scene.supervise({ children });
  expect(await countChildren(root)).toEqual({ specs: 3, active: 3, supervisors: 1, workers: 2 });
});

test('sup_flags: the intensity that is not given is one restart in five seconds', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a')] });
  await scene.crash('a', 2);
  scene.clock.advance(5_001);
  await scene.crash('a', 3);
  scene.ref('a').send(crash);
  expect(await scene.system.ended).toEqual({
    kind: 'shutdown',
    detail: 'reached_max_restart_intensity',
  });
});

test('sup_flags: flags of a supervisor that is started again may differ', async () => {
  const scene = new Scene();
  const ids = ['one', 'two'];
  const root = () => ({ children: [scene.probe(ids.shift() ?? 'three')] });
  await scene.supervise(root);
  expect(scene.happened()).toEqual(['+one']);
});

test('extra_return: a reference that start answers is the one the tree knows', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [] });
  const started = await startChild(root, scene.probe('a'));
  expect(started).toEqual({ ok: true, ref: scene.ref('a') });
  expect(await whichChildren(root)).toMatchObject([{ ref: scene.ref('a') }]);
  expect(scene.system.whereIs(kinName)).toBeUndefined();
});

test('child_adm: a child that ended by itself for good can be started again', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('a', { restart: 'transient' })] });
  const gone = down(scene.ref('a'), 'gone');
  scene.ref('a').send(stopWith(normal));
  expect((await gone).reason).toEqual(normal);
  expect(await restartChild(root, 'a')).toMatchObject({ ok: true });
});
