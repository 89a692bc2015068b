import { terminateDynamicChild } from './dynamic-supervisor';
import { shutdown } from './exit-reason';
import type { ProgressReport } from './reports';
import {
  crash,
  down,
  incarnationOf,
  onlyOnce,
  quiet,
  Scene,
  supervisorReport,
} from './scene.suite';
import { countChildren, restartChild, startChild, terminateChild } from './supervisor';

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `c${n}`);

test('hanging_restart_loop: a supervisor answers while a child fails to start again and again', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: Infinity, periodMs: 1 };
  const children = [scene.probe('failing', { init: onlyOnce }), scene.probe('b')];
  const root = await scene.supervise({ intensity, children });
  scene.ref('failing').send(crash);
  await scene.reports.until(supervisorReport('start_error'), 5);
  expect(await countChildren(root)).toMatchObject({ specs: 2, active: 1 });
  expect(await startChild(root, scene.probe('c'))).toMatchObject({ ok: true });
  expect(await terminateChild(root, 'failing')).toEqual({ ok: true });
  const { length } = scene.reports.all;
  await quiet();
  expect(scene.reports.all).toHaveLength(length);
});

test('hanging_restart_loop_rest_for_one: a supervisor answers while those behind wait for their start', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: Infinity, periodMs: 1 };
  const children = [scene.probe('a'), scene.probe('b', { init: onlyOnce }), scene.probe('c')];
  const root = await scene.supervise({ strategy: 'rest_for_one', intensity, children });
  scene.ref('a').send(crash);
  await scene.reports.until(supervisorReport('start_error', 'b'), 5);
  expect(await countChildren(root)).toMatchObject({ specs: 3, active: 1 });
  expect(await terminateChild(root, 'b')).toEqual({ ok: true });
  expect(await restartChild(root, 'c')).toMatchObject({ ok: true });
});

test('hanging_restart_loop_simple: a dynamic child that fails to start again and again can be terminated', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({ intensity: { restartsMax: Infinity, periodMs: 1 } });
  const a = await scene.kin(target, 'a', { init: onlyOnce });
  a.send(crash);
  await scene.reports.until(supervisorReport('start_error'), 5);
  expect(await terminateDynamicChild(target, 'a')).toBe(true);
  const { length } = scene.reports.all;
  await quiet();
  expect(scene.reports.all).toHaveLength(length);
});

test('hanging_restart_loop: a system can be stopped within a restart loop', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: Infinity, periodMs: 1 };
  await scene.supervise({ intensity, children: [scene.probe('a', { init: onlyOnce })] });
  scene.ref('a').send(crash);
  await scene.reports.until(supervisorReport('start_error'), 3);
  expect(await scene.system.stop()).toEqual(shutdown);
});

test('scale_start_stop_many_children: a thousand children start in order and stop in reverse', async () => {
  const scene = new Scene();
  const all = ids(1_000);
  await scene.supervise({ children: all.map((id) => scene.probe(id)) });
  expect(scene.happened()).toEqual(all.map((id) => `+${id}`));
  await scene.system.stop();
  expect(scene.happened()).toEqual(all.toReversed().map((id) => `-${id}`));
});

test('scale_start_stop_many_children: a thousand dynamic children start and stop', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  for (const id of ids(1_000)) await scene.kin(target, id);
  scene.happened();
  await scene.system.stop();
  expect(scene.happened()).toHaveLength(1_000);
  expect(scene.clock.pending).toBe(0);
});

test('scale_mass_exit: a thousand children that crash at once all come back', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: 1_000, periodMs: 5_000 };
  const root = await scene.supervise({
    intensity,
    children: ids(1_000).map((id) => scene.probe(id)),
  });
  for (const id of ids(1_000)) scene.ref(id).send(crash);
  await scene.reports.until(
    (report): report is ProgressReport => report.report === 'progress',
    2_000,
  );
  expect(await countChildren(root)).toMatchObject({ active: 1_000 });
});

test('scale_mass_exit: a thousand dynamic children that crash at once all come back', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({ intensity: { restartsMax: 1_000, periodMs: 5_000 } });
  const refs = await Promise.all(ids(1_000).map((id) => scene.kin(target, id)));
  for (const ref of refs) ref.send(crash);
  expect(new Set(await Promise.all(refs.map(incarnationOf)))).toEqual(new Set([2]));
});

test('scale_mass_exit: one too many of them and all end', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: 999, periodMs: 5_000 };
  const target = await scene.superviseKin({ intensity });
  const refs = await Promise.all(ids(1_000).map((id) => scene.kin(target, id)));
  const gone = refs.map((ref) => down(ref, 'gone'));
  for (const ref of refs) ref.send(crash);
  await Promise.all(gone);
  await scene.reports.started('kin', 2);
  expect(scene.happened()).toHaveLength(1_000 + 1_000 + 999 + 999);
});
