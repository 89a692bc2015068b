import { actorName } from './actor-ref';
import type { AutoShutdown, ChildSpec, RestartType } from './child-spec';
import { type ExitReason, normal, shutdown, StartError } from './exit-reason';
import { crash, down, incarnationOf, quiet, Scene, stopWith } from './scene.suite';
import { supervisor, terminateChild } from './supervisor';
import type { SupervisorRequest } from './supervisor-message';

const significant = (restart: RestartType): Partial<ChildSpec> => ({ restart, significant: true });

/** A supervisor of a and b, both as told, and c, which is neither significant nor permanent. */
async function three(autoShutdown: AutoShutdown, spec: Partial<ChildSpec>): Promise<Scene> {
  const scene = new Scene();
  const children = [
    scene.probe('a', spec),
    scene.probe('b', spec),
    scene.probe('c', { restart: 'temporary' }),
  ];
  await scene.supervise({ autoShutdown, children });
  return scene;
}

/** Ends a child for good. */
async function end(scene: Scene, id: string, reason: ExitReason = normal): Promise<void> {
  const gone = down(scene.ref(id), 'gone');
  scene.ref(id).send(stopWith(reason));
  await gone;
  await quiet();
}

const status = (scene: Scene): string | undefined => scene.node('top')?.status;

test.each(['temporary', 'transient'] as const)(
  'nonsignificant_%s: the end of a child that is not significant changes nothing',
  async (restart) => {
    for (const autoShutdown of ['any-significant', 'all-significant'] as const) {
      const scene = await three(autoShutdown, { restart });
      for (const id of ['a', 'b', 'c']) await end(scene, id);
      expect(status(scene)).toBe('running');
    }
  },
);

test.each(['temporary', 'transient'] as const)(
  'significant_%s: any-significant ends the supervisor at the first',
  async (restart) => {
    const scene = await three('any-significant', significant(restart));
    await end(scene, 'a');
    expect(await scene.system.ended).toEqual(shutdown);
    expect(scene.journal.slice(3)).toEqual(['-a', '-c', '-b']);
  },
);

test.each(['temporary', 'transient'] as const)(
  'significant_%s: all-significant ends the supervisor at the last',
  async (restart) => {
    const scene = await three('all-significant', significant(restart));
    await end(scene, 'b', shutdown);
    expect(status(scene)).toBe('running');
    await end(scene, 'a');
    expect(await scene.system.ended).toEqual(shutdown);
  },
);

test('significant_temporary: a crash is an end as well', async () => {
  const scene = await three('any-significant', significant('temporary'));
  scene.ref('a').send(crash);
  expect(await scene.system.ended).toEqual(shutdown);
});

test('significant_transient: a crash is none, as the child comes back', async () => {
  const scene = await three('any-significant', significant('transient'));
  await scene.crash('a');
  expect(await incarnationOf(scene.ref('a'))).toBe(2);
  expect(status(scene)).toBe('running');
});

test.each(['any-significant', 'all-significant'] as const)(
  'significant_simple: a dynamic supervisor under %s ends with its children',
  async (autoShutdown) => {
    const scene = new Scene();
    const child = { restart: 'transient', significant: true } as const;
    const target = await scene.superviseKin({ autoShutdown, child }, {}, { restart: 'transient' });
    const [a, b] = [await scene.kin(target, 'a'), await scene.kin(target, 'b')];
    const ended = down(target, 'gone');
    a.send(stopWith(normal));
    await quiet();
    expect(scene.journal.includes('-b')).toBe(autoShutdown === 'any-significant');
    b.send(stopWith(normal));
    expect((await ended).reason).toEqual(shutdown);
  },
);

test('significant_simple: the last child that is given up ends its supervisor', async () => {
  const scene = new Scene();
  const child = { restart: 'transient', significant: true } as const;
  const childIntensity = { restartsMax: 0, periodMs: 1_000 };
  const flags = { autoShutdown: 'all-significant', child, childIntensity } as const;
  const target = await scene.superviseKin(flags, {}, { restart: 'transient' });
  const ended = down(target, 'gone');
  (await scene.kin(target, 'a')).send(crash);
  expect((await ended).reason).toEqual(shutdown);
});

test('significant_simple: flags that contradict each other are a start error', async () => {
  for (const flags of [
    { child: { significant: true }, autoShutdown: 'any-significant' as const },
    { child: { significant: true, restart: 'transient' as const } },
    { intensity: { restartsMax: -1, periodMs: 1 } },
    { childIntensity: { restartsMax: 1, periodMs: -1 } },
  ]) {
    await expect(new Scene().superviseKin(flags)).rejects.toBeInstanceOf(StartError);
  }
});

test('significant_bystander: children that a sibling takes down do not count', async () => {
  for (const autoShutdown of ['any-significant', 'all-significant'] as const) {
    const scene = new Scene();
    const children = [scene.probe('a'), scene.probe('b', significant('temporary'))];
    await scene.supervise({ strategy: 'one_for_all', autoShutdown, children });
    await scene.crash('a');
    await quiet();
    expect(status(scene)).toBe('running');
  }
});

test('significant_bystander: a child that is terminated by hand does not count', async () => {
  const scene = await three('any-significant', significant('transient'));
  await terminateChild(scene.at(actorName<SupervisorRequest>('root')), 'a');
  await quiet();
  expect(status(scene)).toBe('running');
});

test('significant_escalation: the end of a supervisor by itself may end the one above', async () => {
  const scene = new Scene();
  const sub = supervisor({
    autoShutdown: 'any-significant',
    children: [scene.probe('a', significant('transient'))],
  });
  const children = [{ id: 'sub', start: sub, ...significant('transient') }, scene.probe('b')];
  await scene.supervise({ autoShutdown: 'any-significant', children });
  scene.ref('a').send(stopWith(normal));
  expect(await scene.system.ended).toEqual(shutdown);
  expect(scene.journal).toEqual(['+a', '+b', '-a', '-b']);
});
