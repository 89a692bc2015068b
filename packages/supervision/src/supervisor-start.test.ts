import { actorName } from './actor-ref';
import { ignore } from './behaviour';
import type { ChildSpec } from './child-spec';
import { shutdown, StartError } from './exit-reason';
import { failsAt, Scene } from './scene.suite';
import {
  countChildren,
  restartChild,
  startChild,
  supervisor,
  terminateChild,
  whichChildren,
} from './supervisor';
import type { SupervisorRequest } from './supervisor-message';

function rejects(): Promise<void> {
  return Promise.reject(new Error('bug'));
}

function fails(): never {
  throw new StartError('the port is taken');
}

test('sup_start_ignore_init: a root that ignores is no system', async () => {
  const started = await new Scene().tryStart(supervisor(() => ignore));
  expect(started).toMatchObject({ ok: false });
});

test('sup_start_ignore_init: a supervisor that ignores is a child that does not run', async () => {
  const scene = new Scene();
  const children = [{ id: 'sub', start: supervisor(() => ignore) }, scene.probe('a')];
  const root = await scene.supervise({ children });
  expect(await whichChildren(root)).toMatchObject([{ id: 'sub', ref: undefined }, { id: 'a' }]);
});

test('sup_start_ignore_child: a child that ignores is kept, and can be started later', async () => {
  const scene = new Scene();
  const late = scene.probe('late', { init: (incarnation) => (incarnation ? ignore : undefined) });
  const root = await scene.supervise({ children: [late, scene.probe('a')] });
  expect(await countChildren(root)).toMatchObject({ specs: 2, active: 1 });
  expect(await startChild(root, late)).toEqual({ ok: false, reason: 'already-present' });
  expect(await restartChild(root, 'late')).toEqual({ ok: false, reason: 'ignored' });
  expect(scene.system.whereIs(actorName('late'))).toBeUndefined();
});

test('sup_start_ignore_temporary_child: a temporary child that ignores is dropped', async () => {
  const scene = new Scene();
  const children = [
    scene.probe('a', { restart: 'temporary', init: () => ignore }),
    scene.probe('b'),
  ];
  const root = await scene.supervise({ children });
  expect(await whichChildren(root)).toMatchObject([{ id: 'b' }]);
});

test('sup_start_ignore_temporary_child: so is one that is added', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [] });
  const child = scene.probe('a', { restart: 'temporary', init: () => ignore });
  expect(await startChild(root, child)).toEqual({ ok: false, reason: 'ignored' });
  expect(await countChildren(root)).toMatchObject({ specs: 0 });
});

test('sup_start_error_return: the first child that fails has those before it stopped, and is the error', async () => {
  const scene = new Scene();
  const children = ['a', 'b', 'c', 'd'].map((id) =>
    scene.probe(id, id === 'c' ? { init: fails } : {}),
  );
  const started = await scene.tryStart(supervisor({ children }));
  expect(started).toMatchObject({
    ok: false,
    error: { message: 'child c failed to start', cause: { message: 'the port is taken' } },
  });
  expect(scene.journal).toEqual(['+a', '+b', '-b', '-a']);
  expect(scene.reports.errors).toEqual(['start_error c']);
  expect(scene.reports.crashes).toEqual([]);
});

test('sup_start_error_return: a rejected init is a start error too, and a crash unless it says so', async () => {
  const scene = new Scene();
  expect(
    await scene.tryStart(supervisor({ children: [scene.probe('a', { init: rejects })] })),
  ).toMatchObject({
    ok: false,
  });
  expect(scene.reports.crashes).toEqual(['top/a init']);
});

test('sup_start_error_return: a supervisor within one that fails is its start error', async () => {
  const scene = new Scene();
  const inner = supervisor({ children: [scene.probe('leaf', { init: fails })] });
  const children = [scene.probe('a'), { id: 'inner', start: inner }];
  expect(await scene.tryStart(supervisor({ children }))).toMatchObject({
    ok: false,
    error: { cause: { cause: { message: 'the port is taken' } } },
  });
  expect(scene.reports.errors).toEqual(['start_error leaf', 'start_error inner']);
});

test('sup_start_fail: a supervisor whose own code throws does not start, and that is a crash', async () => {
  const scene = new Scene();
  const root = supervisor(() => {
    throw new Error('bug');
  });
  expect(await scene.tryStart(root)).toMatchObject({ ok: false, error: { message: 'bug' } });
  expect(scene.reports.crashes).toEqual(['top init']);
});

test('sup_start_child_returns_error: a child that is added and fails is not kept', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [] });
  expect(await startChild(root, scene.probe('a', { init: fails }))).toMatchObject({
    ok: false,
    reason: 'failed',
    error: { message: 'the port is taken' },
  });
  expect(await countChildren(root)).toMatchObject({ specs: 0 });
  expect(scene.reports.errors).toEqual(['start_error a']);
});

test('sup_start_restart_child_returns_error: a child that fails when started by hand is kept, stopped', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('a', failsAt(2))] });
  await terminateChild(root, 'a');
  expect(await restartChild(root, 'a')).toMatchObject({ ok: false, reason: 'failed' });
  expect(await whichChildren(root)).toMatchObject([{ id: 'a', ref: undefined }]);
  expect(await restartChild(root, 'a')).toMatchObject({ ok: true });
});

test('sup_start_normal: a supervisor without children starts and stops', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [] });
  expect(await scene.system.stop()).toEqual(shutdown);
});

test('sup_start_map: what is not given is as in OTP', async () => {
  const scene = new Scene();
  const sub = supervisor({ children: [] }, actorName<SupervisorRequest>('sub'));
  await scene.supervise({ children: [scene.probe('a'), { id: 'sub', start: sub }] });
  expect(scene.reports.all).toMatchObject([
    { report: 'progress', supervisor: 'top', started: { restart: 'permanent', shutdown: 5_000 } },
    { report: 'progress', started: { kind: 'supervisor', shutdown: 'infinity' } },
  ]);
});

test('sup_start_map: children start in order, each when the one before is up', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = scene.probe('slow', { init: () => promise });
  const starting = scene.supervise({ children: [scene.probe('a'), slow, scene.probe('b')] });
  expect(scene.journal).toEqual(['+a']);
  resolve();
  await starting;
  expect(scene.journal).toEqual(['+a', '+slow', '+b']);
});

const faulty: readonly [string, (scene: Scene) => ChildSpec][] = [
  ['an empty id', (scene) => scene.probe('')],
  ['a slash in the id', (scene) => scene.probe('a/b')],
  ['an id that is taken', (scene) => scene.probe('taken')],
  ['a shutdown time below zero', (scene) => scene.probe('a', { shutdown: -1 })],
  ['no number as a shutdown time', (scene) => scene.probe('a', { shutdown: NaN })],
  ['a permanent child that is significant', (scene) => scene.probe('a', { significant: true })],
  [
    'a significant child under autoShutdown never',
    (scene) => scene.probe('a', { significant: true, restart: 'transient' }),
  ],
];

test.each(faulty)('sup_start_map_faulty_specs: %s is refused at the start', async (_, make) => {
  const scene = new Scene();
  const started = await scene.tryStart(
    supervisor({ children: [scene.probe('taken'), make(scene)] }),
  );
  expect(started).toMatchObject({ ok: false, error: { name: 'StartError' } });
  expect(scene.journal).toEqual([]);
});

test.each(faulty)('sup_start_map_faulty_specs: %s is refused when added', async (_, make) => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('taken')] });
  expect(await startChild(root, make(scene))).toMatchObject({ ok: false });
  expect(await countChildren(root)).toMatchObject({ specs: 1 });
});

test.each([
  { restartsMax: -1, periodMs: 5_000 },
  { restartsMax: 1, periodMs: 0 },
  { restartsMax: NaN, periodMs: 1 },
])('sup_start_map_faulty_specs: the intensity %p is refused', async (intensity) => {
  const started = await new Scene().tryStart(supervisor({ intensity, children: [] }));
  expect(started).toMatchObject({ ok: false, error: { name: 'StartError' } });
});
