import { crash, down, incarnationOf, type Kin, note, quiet, Scene } from './scene.suite';
import { shutdown } from './exit-reason';
import { supervisor } from './supervisor';
import { restartActor } from './system';
import type { SurveyNode } from './tree';

const generous = { restartsMax: 1_000, periodMs: 5_000 };

async function kinOf(scene: Scene, count: number): Promise<Kin> {
  const kin = await scene.superviseKin({ intensity: generous });
  for (let n = 0; n < count; n++) await scene.kin(kin, `k-${n}`);
  return kin;
}

function kinIn(survey: SurveyNode): SurveyNode {
  const [kin] = survey.children;
  if (kin === undefined) throw new Error('no kin');
  return kin;
}

const idsOf = (node: SurveyNode): readonly string[] => node.children.map(({ id }) => id);

test('a survey lists all children of a supervisor that has no more than asked for', async () => {
  const scene = new Scene();
  const sub = supervisor({ children: [scene.probe('x'), scene.probe('y')] });
  await scene.supervise({ children: [scene.probe('a'), { id: 'sub', start: sub }] });
  const survey = scene.system.survey(2);
  expect(idsOf(survey)).toEqual(['a', 'sub']);
  expect(survey).toMatchObject({
    path: 'top',
    role: 'top',
    isDynamic: false,
    children: [{ path: 'top/a' }, { path: 'top/sub', children: [{ id: 'x' }, { id: 'y' }] }],
  });
  expect(survey).not.toHaveProperty('summary');
});

test('of more children it lists the busiest, then those that crashed last, beside a summary of all', async () => {
  const scene = new Scene();
  await kinOf(scene, 50);
  scene.early('k-7').send(crash);
  await scene.reports.started('k-7', 2);
  scene.clock.advance(1);
  scene.early('k-5').send(crash);
  await scene.reports.started('k-5', 2);
  scene.early('k-9').send(note('spoken'));
  await quiet();
  for (const id of ['k-20', 'k-30', 'k-30']) scene.early(id).send(note('waits'));
  const kin = kinIn(scene.system.survey(5));
  expect(kin).toMatchObject({ isDynamic: true, role: 'kin' });
  expect(idsOf(kin)).toEqual(['k-30', 'k-20', 'k-5', 'k-7', 'k-9']);
  expect(kin.summary).toEqual({
    count: 50,
    statuses: { running: 50 },
    mailboxSum: 3,
    mailboxLongest: 2,
    messagesHandled: 3,
    restarts: 2,
    crashed: 2,
  });
  expect(kin.children[0]).toMatchObject({ role: 'k', mailboxLength: 2 });
});

test('a survey can list nobody', async () => {
  const scene = new Scene();
  await kinOf(scene, 3);
  const survey = scene.system.survey(0);
  expect(survey).toMatchObject({ children: [], summary: { count: 1 } });
});

test('a static supervisor with more children than are listed is summed up as well', async () => {
  const scene = new Scene();
  const children = ['a', 'b', 'c'].map((id) => scene.probe(id));
  await scene.supervise({ children });
  expect(scene.system.survey(2)).toMatchObject({ summary: { count: 3 } });
});

test('totals have a line for each role, whatever the number of actors', async () => {
  const scene = new Scene();
  await kinOf(scene, 30);
  scene.early('k-3').send(note('waits'));
  scene.early('k-4').send(note('waits'));
  scene.early('k-4').send(note('waits'));
  expect(scene.system.totals()).toEqual([
    { role: 'top', count: 1, mailboxSum: 0, mailboxLongest: 0 },
    { role: 'kin', count: 1, mailboxSum: 0, mailboxLongest: 0 },
    { role: 'k', count: 30, mailboxSum: 3, mailboxLongest: 2 },
  ]);
});

test('an actor is found by its path, below supervisors of either kind', async () => {
  const scene = new Scene();
  await kinOf(scene, 3);
  for (const path of ['top', 'top/kin', 'top/kin/k-1']) {
    expect(scene.system.info(path)).toMatchObject({ path, status: 'running' });
    expect(scene.system.at(path)).toMatchObject({ path });
  }
  for (const path of ['', 'kin', 'top/', 'top/other', 'top/kin/k-1/x', 'top/kin/constructor']) {
    expect(scene.system.info(path)).toBeUndefined();
    expect(scene.system.at(path)).toBeUndefined();
  }
});

test('actors are searched by any part of their path, case aside, up to a limit', async () => {
  const scene = new Scene();
  await kinOf(scene, 12);
  const found = (text: string, countMax: number): readonly string[] =>
    scene.system.search(text, countMax).map(({ path }) => path);
  expect(found('K-1', 10)).toEqual(['top/kin/k-1', 'top/kin/k-10', 'top/kin/k-11']);
  expect(found('kin/k', 2)).toEqual(['top/kin/k-0', 'top/kin/k-1']);
  expect(found('', 3)).toEqual(['top', 'top/kin', 'top/kin/k-0']);
  expect(found('nobody', 3)).toEqual([]);
  expect(found('top', 0)).toEqual([]);
});

test('a crash is remembered with when, what, and in which function', async () => {
  const scene = new Scene();
  const kin = await kinOf(scene, 1);
  scene.clock.advance(77);
  scene.early('k-0').send(crash);
  await scene.reports.started('k-0', 2);
  expect(kin.path).toBe('top/kin');
  expect(scene.system.info('top/kin/k-0')).toMatchObject({
    restarts: 1,
    lastCrash: {
      atMs: scene.clock.now(),
      during: 'receive',
      error: expect.objectContaining({ message: 'k-0 crashed' }),
    },
  });
});

test('an operator restarts an actor: it ends in order, behind what waits, and comes back', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a')] });
  const a = scene.ref('a');
  a.send(note('waited'));
  const ended = down(a);
  expect(restartActor(a)).toBe(true);
  expect((await ended).reason).toEqual({ kind: 'killed' });
  expect(await incarnationOf(a)).toBe(2);
  expect(scene.happened()).toEqual(['+a', 'waited', '-a', '+a']);
  expect(scene.reports.crashes).toEqual([]);
  expect(scene.reports.errors).toEqual(['child_terminated a']);
});

test('an operator restarts a supervisor: its children end in order and are new', async () => {
  const scene = new Scene();
  const sub = supervisor({ children: [scene.probe('x'), scene.probe('y')] });
  await scene.supervise({ children: [{ id: 'sub', start: sub }] });
  const target = scene.system.at('top/sub');
  expect(target && restartActor(target)).toBe(true);
  await scene.reports.started('sub', 2);
  expect(scene.happened()).toEqual(['+x', '+y', '-y', '-x', '+x', '+y']);
});

test('what does not run is not restarted', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a')] });
  const a = scene.ref('a');
  expect(await scene.system.stop()).toEqual(shutdown);
  expect(restartActor(a)).toBe(false);
});

test('what a survey makes of two thousand actors is no more than of a hundred', async () => {
  const scene = new Scene();
  const kin = await kinOf(scene, 100);
  const bytesOf = (): number => JSON.stringify(scene.system.survey(20)).length;
  const few = bytesOf();
  for (let n = 100; n < 2_000; n++) await scene.kin(kin, `k-${n}`);
  expect(bytesOf()).toBeLessThan(few + 200);
});
