import { ignore } from './behaviour';
import { dynamicChildren } from './dynamic-supervisor';
import {
  crash,
  down,
  failsAt,
  incarnationOf,
  kinName,
  never,
  quiet,
  Scene,
  supervisorReport,
} from './scene.suite';

test('simple_one_for_one: only the child that ended is started again, with its own arguments', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const [a, b] = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
  a.send(crash);
  expect([await incarnationOf(a), await incarnationOf(b)]).toEqual([2, 1]);
  expect(scene.happened()).toEqual(['+a', '+b', '-a', '+a']);
});

test('simple_one_for_one_shutdown: children of a supervisor that ends are stopped', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  for (const id of ['a', 'b', 'c']) await scene.kin(target, id);
  await scene.system.stop();
  expect(scene.happened().toSorted()).toEqual(['+a', '+b', '+c', '-a', '-b', '-c']);
});

test('simple_one_for_one_escalation: one restart too many ends the supervisor, and it comes back empty', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({ intensity: { restartsMax: 1, periodMs: 5_000 } });
  const [a, b] = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
  a.send(crash);
  expect(await incarnationOf(a)).toBe(2);
  const gone = down(b, 'gone');
  a.send(crash);
  await gone;
  await scene.reports.started('kin', 2);
  expect(scene.at(kinName)).toBe(target);
  expect(dynamicChildren(target)).toEqual([]);
  expect(scene.reports.errors.slice(-2)).toEqual(['shutdown a', 'child_terminated kin']);
  expect(await scene.tryKin(target, 'a')).toMatchObject({ ok: true });
});

test('simple_one_for_one_escalation: a supervisor that gives up stops although a child hangs in its init', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({ intensity: { restartsMax: 0, periodMs: 5_000 } });
  const hanging = scene.tryKin(target, 'hanging', { init: () => never });
  const a = await scene.kin(target, 'a');
  a.send(crash);
  expect(await hanging).toEqual({ ok: false, reason: 'gone' });
  await scene.reports.started('kin', 2);
});

test('simple_one_for_one_restart_ignore: a child that ignores its restart is forgotten', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const a = await scene.kin(target, 'a', {
    init: (incarnation) => (incarnation === 2 ? ignore : undefined),
  });
  a.send(crash);
  expect(await incarnationOf(a)).toBe('gone');
  expect(dynamicChildren(target)).toEqual([]);
});

test('sup_start_child_returns_error_simple, simple_one_for_one_corruption: a child that fails to start leaves nothing behind', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  expect(await scene.tryKin(target, 'a', failsAt(1))).toMatchObject({
    ok: false,
    reason: 'failed',
  });
  expect(dynamicChildren(target)).toEqual([]);
  expect(await scene.tryKin(target, 'a')).toMatchObject({ ok: true });
  expect(scene.reports.errors).toEqual(['start_error a']);
});

test('childIntensity: a hundred children that crash once each do not end their supervisor', async () => {
  const scene = new Scene();
  const childIntensity = { restartsMax: 1, periodMs: 5_000 };
  const target = await scene.superviseKin({
    childIntensity,
    intensity: { restartsMax: 1, periodMs: 5_000 },
  });
  const refs = await Promise.all(Array.from({ length: 100 }, (_, n) => scene.kin(target, `c${n}`)));
  for (const ref of refs) ref.send(crash);
  expect(new Set(await Promise.all(refs.map(incarnationOf)))).toEqual(new Set([2]));
  expect(scene.node('top/kin')).toMatchObject({ restarts: 0 });
});

test('childIntensity: a child that crashes too often is given up by itself', async () => {
  const scene = new Scene();
  const givenUp: string[] = [];
  const target = await scene.superviseKin({
    childIntensity: { restartsMax: 1, periodMs: 5_000 },
    onGivenUp: ({ id }) => void givenUp.push(id),
  });
  const [a, b] = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
  a.send(crash);
  expect(await incarnationOf(a)).toBe(2);
  scene.clock.advance(5_001);
  a.send(crash);
  expect(await incarnationOf(a)).toBe(3);
  const gone = down(a, 'gone');
  a.send(crash);
  expect((await gone).reason).toMatchObject({ kind: 'crashed' });
  await quiet();
  expect(givenUp).toEqual(['a']);
  expect(dynamicChildren(target)).toEqual([b]);
  expect(scene.reports.of(supervisorReport('shutdown'))).toMatchObject([
    { offender: { id: 'a' }, reason: { detail: 'reached_max_child_restarts' } },
  ]);
});

test('childIntensity: an onGivenUp that throws is reported and takes nobody down', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({
    childIntensity: { restartsMax: 0, periodMs: 5_000 },
    onGivenUp: () => {
      throw new Error('bug');
    },
  });
  const [a, b] = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
  const gone = down(a, 'gone');
  a.send(crash);
  await gone;
  expect(await incarnationOf(b)).toBe(1);
  expect(scene.reports.crashes).toContain('top/kin/a onGivenUp');
});

test.each(['temporary', 'permanent'] as const)(
  'sup_start_ignore_%s_child_start_child_simple: a dynamic child that ignores is not kept',
  async (restart) => {
    const scene = new Scene();
    const target = await scene.superviseKin({ child: { restart } });
    const ignored = await scene.tryKin(target, 'a', { init: () => ignore });
    expect(ignored).toEqual({ ok: false, reason: 'ignored' });
    const b = await scene.kin(target, 'b');
    expect(dynamicChildren(target)).toEqual([b]);
    await scene.system.stop();
    expect(scene.reports.errors).toEqual([]);
  },
);
