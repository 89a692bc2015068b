import { actorName } from './actor-ref';
import { dynamicChildren } from './dynamic-supervisor';
import { describeExit, killed, shutdown } from './exit-reason';
import { crash, down, incarnationOf, note, quiet, Scene, supervisorReport } from './scene.suite';
import { countChildren, startChild, supervisor, whichChildren } from './supervisor';
import type { SupervisorRequest } from './supervisor-message';
import { injectFault, kill } from './system';

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `c${n}`);

test('tree: a subtree that gives up takes its own level down, and the one above starts it again', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: 1, periodMs: 5_000 };
  const sub = supervisor(
    { intensity, strategy: 'one_for_all', children: ['x', 'y'].map((id) => scene.probe(id)) },
    actorName<SupervisorRequest>('sub'),
  );
  const children = [scene.probe('a'), { id: 'sub', start: sub }, scene.probe('z')];
  await scene.supervise({ strategy: 'rest_for_one', intensity, children });
  await scene.crash('x');
  await scene.reports.started('y', 2);
  scene.happened();
  scene.ref('x').send(crash);
  await scene.reports.started('z', 2);
  expect(scene.happened()).toEqual(['-x', '-y', '-z', '+x', '+y', '+z']);
  expect(scene.node('top/sub')).toMatchObject({ restarts: 1, kind: 'supervisor' });
});

test('tree: is data, as an observer shows it', async () => {
  const scene = new Scene();
  const sub = supervisor({ children: [scene.probe('x')] });
  await scene.supervise({ children: [scene.probe('a'), { id: 'sub', start: sub }] });
  await scene.crash('a');
  scene.ref('a').send(note('one'));
  expect(scene.system.tree()).toMatchObject({
    path: 'top',
    id: 'top',
    kind: 'supervisor',
    status: 'running',
    children: [
      {
        path: 'top/a',
        status: 'running',
        restarts: 1,
        mailboxLength: 1,
        messagesHandled: 1,
        startedAtMs: scene.clock.now(),
        lastCrash: { error: { message: 'a crashed' }, during: 'receive' },
      },
      { path: 'top/sub', children: [{ path: 'top/sub/x', children: [] }] },
    ],
  });
});

test('tree: a supervisor that is killed takes all below it along, and comes back with new children', async () => {
  const scene = new Scene();
  const name = actorName<SupervisorRequest>('sub');
  const inner = supervisor({ children: [scene.probe('y')] });
  const sub = supervisor({ children: [scene.probe('x'), { id: 'inner', start: inner }] }, name);
  await scene.supervise({ children: [{ id: 'sub', start: sub }] });
  const before = [scene.ref('x'), scene.ref('y')];
  const ends = before.map((ref) => down(ref, 'gone'));
  kill(scene.at(name));
  for (const { reason } of await Promise.all(ends)) expect(reason).toEqual(killed);
  await scene.reports.started('y', 2);
  await scene.reports.started('sub', 2);
  await quiet();
  expect(scene.happened()).toEqual(['+x', '+y', '+x', '+y']);
  expect(scene.reports.errors).toEqual(['child_terminated sub']);
  for (const ref of before) expect(ref.send(crash)).toBe('gone');
  expect(scene.node('top/sub')?.children).toHaveLength(2);
});

test('tree: a dynamic supervisor that is killed takes its children along', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const refs = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
  kill(target);
  for (const ref of refs) expect(ref.send(crash)).toBe('gone');
  await scene.reports.started('kin', 2);
  await quiet();
  expect(dynamicChildren(target)).toEqual([]);
});

test('tree: what a job of a killed supervisor goes on to do starts nothing', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const name = actorName<SupervisorRequest>('sub');
  const slow = scene.probe('slow', { terminate: () => promise });
  const sub = supervisor({ strategy: 'one_for_all', children: [scene.probe('x'), slow] }, name);
  await scene.supervise({ children: [{ id: 'sub', start: sub }] });
  scene.ref('x').send(crash);
  await quiet();
  kill(scene.at(name));
  resolve();
  await scene.reports.started('slow', 2);
  await quiet();
  expect(scene.happened()).toEqual(['+x', '+slow', '-x', '-slow', '+x', '+slow']);
});

test('tree: a supervisor that is killed while it starts its children starts no more of them', async () => {
  const scene = new Scene();
  const name = actorName<SupervisorRequest>('sub');
  const killSoon = (): void => queueMicrotask(() => kill(scene.at(name)));
  const sub = supervisor(
    { children: [scene.probe('x', { init: killSoon }), scene.probe('y')] },
    name,
  );
  const root = await scene.supervise({ children: [] });
  expect(await startChild(root, { id: 'sub', start: sub })).toMatchObject({ reason: 'failed' });
  await quiet();
  expect(scene.happened()).toEqual(['+x']);
});

const faultyBackoff = {
  maxMs: 1,
  get minMs(): number {
    throw new Error('bug');
  },
};

test('tree: a bug in a supervisor itself is its crash, and its children are stopped', async () => {
  const scene = new Scene();
  const children = [scene.probe('a'), scene.probe('b')];
  await scene.supervise({ backoff: faultyBackoff, children });
  scene.ref('a').send(crash);
  expect(await scene.system.ended).toMatchObject({ kind: 'crashed', error: { message: 'bug' } });
  expect(scene.happened()).toEqual(['+a', '+b', '-a', '-b']);
  expect(scene.reports.crashes).toEqual(['top/a receive', 'top receive']);
});

test('tree: a bug in a dynamic supervisor itself is its crash as well', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin({ backoff: faultyBackoff });
  const [a, b] = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
  const gone = down(b, 'gone');
  a.send(crash);
  expect((await gone).reason).toEqual({ kind: 'shutdown' });
  await scene.reports.started('kin', 2);
});

test('count_restarting_children: a child that waits for its restart is not active', async () => {
  const scene = new Scene();
  const backoff = { minMs: 1_000, maxMs: 1_000 };
  const intensity = { restartsMax: 10, periodMs: 1_000 };
  const children = ids(3).map((id) => scene.probe(id));
  const root = await scene.supervise({ backoff, intensity, children });
  for (const id of ['c0', 'c2']) scene.ref(id).send(crash);
  await scene.reports.until(supervisorReport('child_terminated'), 2);
  await quiet();
  expect(await countChildren(root)).toEqual({ specs: 3, active: 1, supervisors: 0, workers: 3 });
  expect((await whichChildren(root)).map(({ ref }) => ref)).toMatchObject([
    'restarting',
    { path: 'top/c1' },
    'restarting',
  ]);
  scene.clock.advance(1_000);
  await scene.reports.started('c2', 2);
  expect(await countChildren(root)).toMatchObject({ active: 3 });
});

test('order_of_children: is kept over restarts, and a child that is added comes last', async () => {
  const scene = new Scene();
  const intensity = { restartsMax: 10, periodMs: 5_000 };
  const root = await scene.supervise({ intensity, children: ids(3).map((id) => scene.probe(id)) });
  await scene.crash('c0');
  await startChild(root, scene.probe('last'));
  await scene.crash('c1');
  expect((await whichChildren(root)).map(({ id }) => id)).toEqual(['c0', 'c1', 'c2', 'last']);
});

test('format_log: a crash is told by the actor and by its supervisor, in words', async () => {
  const scene = new Scene();
  const sub = supervisor({ children: [scene.probe('a')] });
  await scene.supervise({ children: [{ id: 'sub', start: sub }] });
  const { length } = scene.reports.all;
  scene.ref('a').send(note('secret'));
  scene.ref('a').send(crash);
  scene.ref('a').send(note('secret'));
  await scene.reports.started('a', 2);
  const [crashed, terminated, progress] = scene.reports.all.slice(length);
  expect(crashed).toEqual({
    report: 'crash',
    path: 'top/sub/a',
    role: 'a',
    kind: 'worker',
    incarnation: 1,
    error: new Error('a crashed'),
    during: 'receive',
    ancestors: ['top/sub', 'top'],
    mailboxLength: 1,
    messagesHandled: 2,
  });
  const offender = {
    id: 'a',
    path: 'top/sub/a',
    role: 'a',
    kind: 'worker',
    restart: 'permanent',
    shutdown: 5_000,
  };
  expect(terminated).toEqual({
    report: 'supervisor',
    supervisor: 'top/sub',
    errorContext: 'child_terminated',
    reason: { kind: 'crashed', error: new Error('a crashed') },
    offender: { ...offender, restarts: 0 },
  });
  expect(progress).toEqual({
    report: 'progress',
    supervisor: 'top/sub',
    started: { ...offender, restarts: 1 },
  });
  expect(JSON.stringify(scene.reports.all)).not.toContain('secret');
});

test('format_log: every end can be said in one line', () => {
  expect(
    [
      { kind: 'normal' } as const,
      { kind: 'shutdown' } as const,
      { kind: 'shutdown', detail: 'why' } as const,
      killed,
      { kind: 'crashed', error: new Error('boom') } as const,
    ].map(describeExit),
  ).toEqual(['normal', 'shutdown', 'shutdown (why)', 'killed', 'crashed: boom']);
});

test('faulty_application_shutdown: a child that hangs in its terminate is killed, and the rest stops in order', async () => {
  const scene = new Scene();
  const hanging = Promise.withResolvers<void>().promise;
  const bad = supervisor({
    children: [scene.probe('x'), scene.probe('hanging', { terminate: () => hanging })],
  });
  const children = [
    scene.probe('a'),
    { id: 'bad', start: bad },
    scene.probe('b', {
      terminate: () => {
        throw new Error('bug');
      },
    }),
  ];
  await scene.supervise({ children });
  const stopped = scene.system.stop();
  await quiet();
  scene.clock.advance(5_000);
  expect(await stopped).toEqual(shutdown);
  expect(scene.journal.slice(4)).toEqual(['-b', '-hanging', '-x', '-a']);
  expect(scene.reports.errors).toEqual(['shutdown_error b', 'shutdown_error hanging']);
});

test('external_start_no_progress_log: only what a supervisor started is progress, so not the root', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [] });
  expect(scene.reports.all).toEqual([]);
});

test('an injected fault crashes an actor as a bug would, and waits for one that is restarting', async () => {
  const scene = new Scene();
  const backoff = { minMs: 10, maxMs: 10 };
  await scene.supervise({
    backoff,
    intensity: { restartsMax: 5, periodMs: 1_000 },
    children: [scene.probe('a')],
  });
  injectFault(scene.ref('a'), new Error('injected'));
  await scene.reports.until(supervisorReport('child_terminated'));
  await quiet();
  injectFault(scene.ref('a'), new Error('again'));
  scene.clock.advance(10);
  await scene.reports.until(supervisorReport('child_terminated'), 2);
  await quiet();
  scene.clock.advance(20);
  expect(await incarnationOf(scene.ref('a'))).toBe(3);
});

test('an order to stop that was not obeyed is not obeyed by the next incarnation', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  const inits: (undefined | Promise<void>)[] = [undefined, promise];
  scene.batchMax = 1;
  const b = scene.probe('b', { shutdown: 10 });
  const children = [scene.probe('a', { init: () => inits.shift() }), b];
  await scene.supervise({ strategy: 'one_for_all', children });
  for (let n = 0; n < 200; n++) scene.ref('b').send(note('n'));
  scene.ref('a').send(crash);
  await scene.reports.until(supervisorReport('child_terminated', 'a'));
  await quiet(2);
  // b was told to stop, has not come to it yet, and is killed.
  scene.clock.advance(10);
  await scene.reports.until(supervisorReport('shutdown_error', 'b'));
  resolve();
  expect(await incarnationOf(scene.ref('b'))).toBe(2);
  await quiet();
  expect(scene.node('top/b')).toMatchObject({ status: 'running', restarts: 1 });
});
