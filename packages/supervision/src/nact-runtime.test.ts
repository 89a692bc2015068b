import { NactRuntime, type Runnable } from './nact-runtime';
import { crash, incarnationOf, note, quiet, Scene } from './scene.suite';
import type { Behaviour } from './behaviour';

const OriginalMap = Map;

/** Counts what Maps made from other Maps copy: nact does so for each message, with the children. */
class CountingMap<Key, Value> extends OriginalMap<Key, Value> {
  static copied = 0;

  constructor(entries?: Iterable<readonly [Key, Value]> | null) {
    super(entries);
    CountingMap.copied += this.size;
  }
}

afterEach(() => {
  globalThis.Map = OriginalMap;
});

test('spawning and waking ten thousand actors copies nothing', async () => {
  const runtime = new NactRuntime();
  let runs = 0;
  const actor: Runnable = { priority: 'normal', run: () => void runs++ };
  globalThis.Map = CountingMap;
  const handles = Array.from({ length: 10_000 }, () => runtime.spawn());
  for (const handle of handles) runtime.wake(handle, actor);
  await quiet();
  for (const handle of handles) runtime.release(handle);
  await quiet();
  expect(runs).toBe(10_000);
  expect(CountingMap.copied).toBe(0);
  runtime.stop();
});

test('ten thousand messages are one wake-up', async () => {
  const scene = new Scene();
  scene.batchMax = 10_000;
  await scene.supervise({ children: [scene.probe('a')] });
  const wake = jest.spyOn(NactRuntime.prototype, 'wake');
  for (let n = 0; n < 10_000; n++) scene.ref('a').send(note('n'));
  await quiet();
  expect(wake).toHaveBeenCalledTimes(1);
  expect(scene.happened()).toHaveLength(10_001);
  wake.mockRestore();
});

test('waking one child costs its supervisor nothing', async () => {
  const scene = new Scene();
  const target = await scene.superviseKin();
  const refs = await Promise.all(Array.from({ length: 100 }, (_, n) => scene.kin(target, `${n}`)));
  const wake = jest.spyOn(NactRuntime.prototype, 'wake');
  for (const ref of refs) ref.send(note('n'));
  await quiet();
  expect(wake).toHaveBeenCalledTimes(100);
  wake.mockRestore();
});

test('an actor never runs twice at once, whatever ends and comes back', async () => {
  const scene = new Scene();
  scene.batchMax = 2;
  const it: Behaviour<undefined, undefined, 'crash' | 'stop' | 'note'> = {
    init: () => undefined,
    receive(state, message, context) {
      if (message === 'crash') throw new Error('crash');
      if (message === 'stop') context.stop();
      return state;
    },
    terminate: () => Promise.resolve(),
  };
  const ref = await scene.run(it, undefined);
  const wake = jest.spyOn(NactRuntime.prototype, 'wake');
  const dispatched = (): number => wake.mock.calls.length;
  let [runs, inside, most] = [0, 0, 0];
  const actor = ref as unknown as Runnable;
  const run = actor.run.bind(actor);
  actor.run = () => {
    runs++;
    most = Math.max(most, ++inside);
    run();
    inside--;
  };
  for (let n = 0; n < 300; n++) {
    ref.send((['crash', 'note', 'stop', 'note', 'note'] as const)[n % 5] ?? 'note');
    if (n % 10 === 0) await quiet(1);
  }
  await quiet(2_000);
  expect(most).toBe(1);
  expect(runs).toBeLessThanOrEqual(dispatched());
  expect(scene.node('top/it')).toMatchObject({ messagesHandled: 300, mailboxLength: 0 });
  wake.mockRestore();
});

test('nothing is printed, whatever goes wrong', async () => {
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const spies = methods.map((method) => jest.spyOn(console, method).mockReturnValue());
  const scene = new Scene();
  const target = await scene.superviseKin({ intensity: { restartsMax: 1, periodMs: 5_000 } });
  const a = await scene.kin(target, 'a');
  a.send(crash);
  await incarnationOf(a);
  a.send(crash);
  await scene.reports.started('kin', 2);
  await scene.system.stop();
  await quiet();
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

test('what was on its way to an actor that is released is dropped', async () => {
  const runtime = new NactRuntime();
  const run = jest.fn();
  const handle = runtime.spawn();
  runtime.wake(handle, { priority: 'normal', run });
  runtime.release(handle);
  runtime.wake(handle, { priority: 'normal', run });
  await quiet();
  expect(run).not.toHaveBeenCalled();
  runtime.stop();
});
