import { shutdown } from './exit-reason';
import { crash, incarnationOf, Scene } from './scene.suite';
import { supervisor } from './supervisor';
import { startSystem } from './system';
import { worker } from './worker';

test('a root need not be a supervisor, and is not started again', async () => {
  const scene = new Scene();
  const system = await scene.start(scene.probeStart('alone'));
  expect(system.tree()).toMatchObject({ path: 'top', kind: 'worker', children: [] });
  scene.ref('alone').send(crash);
  expect(await system.ended).toMatchObject({ kind: 'crashed' });
  expect(scene.happened()).toEqual(['+alone', '-alone']);
});

test('two systems in one process have nothing in common', async () => {
  const [one, two] = [new Scene(), new Scene()];
  await one.supervise({ children: [one.probe('a')] });
  await two.supervise({ children: [two.probe('a')] });
  await one.system.stop();
  expect(await incarnationOf(two.ref('a'))).toBe(1);
});

test('a system that has ended knows nobody, and is a tree without children', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a')] });
  expect(await scene.system.stop()).toEqual(shutdown);
  expect(scene.system.tree()).toMatchObject({ status: 'ended', children: [] });
  expect(() => scene.ref('a')).toThrow('no a');
});

test('a sink that throws is heard of, and takes no actor down', async () => {
  const thrown: unknown[] = [];
  const spy = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
    expect(task).toThrow('sink');
    thrown.push(task);
  });
  const scene = new Scene();
  const started = await startSystem(supervisor({ children: [scene.probe('a')] }), {
    name: 'top',
    reports: () => {
      throw new Error('sink');
    },
  });
  if (!started.ok) throw started.error;
  scene.early('a').send(crash);
  expect(await incarnationOf(scene.early('a'))).toBe(2);
  await started.system.stop();
  expect(thrown.length).toBeGreaterThan(2);
  spy.mockRestore();
});

test('the time is that of the machine when no clock is given', async () => {
  const start = worker({ init: () => 0, receive: (state) => state }, undefined);
  const started = await startSystem(start, { name: 'top', reports: () => undefined });
  if (!started.ok) throw started.error;
  expect(Math.abs(started.system.tree().startedAtMs - Date.now())).toBeLessThan(60_000);
  await started.system.stop();
});
