import type { RestartType } from './child-spec';
import { type ExitReason, normal, shutdown } from './exit-reason';
import { crash, down, incarnationOf, quiet, Scene, stopWith } from './scene.suite';
import { whichChildren } from './supervisor';

const ends = { normal: stopWith(normal), shutdown: stopWith(shutdown), abnormal: crash } as const;

/** Ends a child in a way; answers whether it came back, is kept, or is dropped. */
async function fate(restart: RestartType, end: keyof typeof ends): Promise<readonly unknown[]> {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('a', { restart })] });
  const a = scene.ref('a');
  a.send(ends[end]);
  await quiet();
  const [child] = await whichChildren(root);
  const spec = child === undefined ? 'dropped' : child.ref === undefined ? 'kept' : 'runs';
  return [spec, await incarnationOf(a), ...scene.reports.errors];
}

test('permanent_normal: a permanent child that ends normally is started again', async () => {
  expect(await fate('permanent', 'normal')).toEqual(['runs', 2, 'child_terminated a']);
});
test('permanent_shutdown: a permanent child that ends with shutdown is started again', async () => {
  expect(await fate('permanent', 'shutdown')).toEqual(['runs', 2, 'child_terminated a']);
});
test('permanent_abnormal: a permanent child that crashes is started again', async () => {
  expect(await fate('permanent', 'abnormal')).toEqual(['runs', 2, 'child_terminated a']);
});
test('transient_normal: a transient child that ends normally is kept and not started', async () => {
  expect(await fate('transient', 'normal')).toEqual(['kept', 'gone']);
});
test('transient_shutdown: a transient child that ends with shutdown is kept and not started', async () => {
  expect(await fate('transient', 'shutdown')).toEqual(['kept', 'gone']);
});
test('transient_abnormal: a transient child that crashes is started again', async () => {
  expect(await fate('transient', 'abnormal')).toEqual(['runs', 2, 'child_terminated a']);
});
test('temporary_normal: a temporary child that ends normally is forgotten', async () => {
  expect(await fate('temporary', 'normal')).toEqual(['dropped', 'gone']);
});
test('temporary_shutdown: a temporary child that ends with shutdown is forgotten', async () => {
  expect(await fate('temporary', 'shutdown')).toEqual(['dropped', 'gone']);
});
test('temporary_abnormal: a temporary child that crashes is reported and forgotten', async () => {
  expect(await fate('temporary', 'abnormal')).toEqual(['dropped', 'gone', 'child_terminated a']);
});

test.each(['one_for_all', 'rest_for_one'] as const)(
  'temporary_bystander: a temporary child that a sibling takes down in %s is forgotten',
  async (strategy) => {
    const scene = new Scene();
    const children = [
      scene.probe('a'),
      scene.probe('b', { restart: 'temporary' }),
      scene.probe('c'),
    ];
    const root = await scene.supervise({ strategy, children });
    const gone = down(scene.ref('b'), 'gone');
    await scene.crash('a');
    await scene.reports.started('c', 2);
    expect(scene.happened()).toEqual(['+a', '+b', '+c', '-a', '-c', '-b', '+a', '+c']);
    expect((await gone).reason).toEqual(shutdown);
    expect(await whichChildren(root)).toMatchObject([{ id: 'a' }, { id: 'c' }]);
  },
);

test.each<readonly [string, RestartType, ExitReason, readonly string[]]>([
  ['permanent', 'permanent', normal, ['+a', '-a', '+a']],
  ['transient', 'transient', normal, ['+a', '-a']],
  ['temporary', 'temporary', normal, ['+a', '-a']],
])('%s_normal: the same holds for dynamic children', async (_, restart, reason, journal) => {
  const scene = new Scene();
  const target = await scene.superviseKin({ child: { restart } });
  const a = await scene.kin(target, 'a');
  a.send(stopWith(reason));
  await quiet();
  expect(scene.journal).toEqual(journal);
});

test('transient_abnormal: a child that is killed is started again', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a', { restart: 'transient', shutdown: 1 })] });
  await scene.crash('a');
  expect(scene.node('top/a')).toMatchObject({ restarts: 1, status: 'running' });
});
