import type { ActorRef } from './actor-ref';
import type { Behaviour } from './behaviour';
import { killed, normal, shutdown } from './exit-reason';
import { crash, down, incarnationOf, never, note, quiet, Scene, stopWith } from './scene.suite';
import { kill } from './system';

import { bug, recorder, type Told } from './recorder.suite';

function cannotClose(): Promise<void> {
  return Promise.reject(new Error('cannot close'));
}

test('terminate: is told why, after any end but a kill', async () => {
  const reasons: unknown[] = [];
  for (const end of ['crash', 'stop', 'shutdown', 'kill'] as const) {
    const scene = new Scene();
    const child = scene.probe('a', {
      restart: 'temporary',
      terminate: (reason) => void reasons.push(reason.kind),
    });
    await scene.supervise({ children: [child] });
    const a = scene.ref('a');
    if (end === 'crash') a.send(crash);
    if (end === 'stop') a.send(stopWith(normal));
    if (end === 'kill') kill(a);
    await quiet();
    await scene.system.stop();
  }
  expect(reasons).toEqual(['crashed', 'normal', 'shutdown']);
});

test('terminate: one that rejects is reported, and the end is a crash', async () => {
  const scene = new Scene();
  const ref = await scene.run(recorder([], { terminate: cannotClose }), 0);
  const ended = down(ref);
  await scene.system.stop();
  expect((await ended).reason).toMatchObject({
    kind: 'crashed',
    error: { message: 'cannot close' },
  });
  expect(scene.reports.errors).toEqual(['shutdown_error it']);
});

test('terminate: what it answers by accident is no promise to wait for', async () => {
  const scene = new Scene();
  const log: number[] = [];
  await scene.run(recorder([], { terminate: () => void log.push(1) }), 0);
  const terminate = (() => log.push(2)) as () => void;
  const other = new Scene();
  await other.run(recorder([], { terminate }), 0);
  expect([await scene.system.stop(), await other.system.stop()]).toEqual([shutdown, shutdown]);
  expect(other.reports.crashes).toEqual([]);
});

test('terminate: one that hangs is killed when its shutdown time is over', async () => {
  const scene = new Scene();
  const ref = await scene.run(recorder([], { terminate: () => never }), 0, { shutdown: 100 });
  const ended = down(ref);
  const stopped = scene.system.stop();
  await quiet();
  scene.clock.advance(100);
  expect((await ended).reason).toEqual(killed);
  await stopped;
});

test('terminate: messages wait for it to be over, and for the next incarnation', async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  await scene.supervise({ children: [scene.probe('a', { terminate: () => promise })] });
  scene.ref('a').send(crash);
  scene.ref('a').send(note('kept'));
  await quiet();
  expect(scene.node('top/a')).toMatchObject({ status: 'stopping', mailboxLength: 1 });
  expect(scene.ref('a').send(note('kept too'))).toBe('sent');
  resolve();
  await scene.reports.started('a', 2);
  await quiet();
  expect(scene.happened()).toEqual(['+a', '-a', '+a', 'kept', 'kept too']);
});

test('stop: the message at hand is the last, and what waits is dropped when nothing comes back', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a', { restart: 'temporary' })] });
  const a = scene.ref('a');
  const gone = down(a, 'gone');
  for (const message of [note('1'), stopWith(shutdown), note('2')]) a.send(message);
  expect((await gone).reason).toEqual(shutdown);
  expect(scene.happened()).toEqual(['+a', '1', '-a']);
  expect(a.send(note('3'))).toBe('gone');
  expect(a.notify(note('3'))).toBe('gone');
});

test('shutdown: waits its turn behind the messages that came before', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a')] });
  for (const text of ['1', '2', '3']) scene.ref('a').send(note(text));
  await scene.system.stop();
  expect(scene.happened()).toEqual(['+a', '1', '2', '3', '-a']);
});

test('kill: comes before what waits, which the next incarnation handles', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a')] });
  const a = scene.ref('a');
  a.send(note('1'));
  kill(a);
  expect(await incarnationOf(a)).toBe(2);
  expect(scene.happened()).toEqual(['+a', '+a', '1']);
  expect(scene.reports.errors).toEqual(['child_terminated a']);
});

test('kill: an actor that kills itself handles nothing more, and is started once', async () => {
  const scene = new Scene();
  const log: unknown[] = [];
  const it: Behaviour<number, number, Told> = recorder(log, {
    receive(sum, told, context) {
      log.push(told);
      if (told === 'kill') kill(context.self);
      if (told === 'kill and throw') {
        kill(context.self);
        bug();
      }
      return sum;
    },
    settled: (sum) => (log.push('settled'), sum),
  });
  const ref = await scene.run(it, 0);
  for (const told of ['kill', 1]) ref.send(told);
  await quiet();
  ref.send('kill and throw');
  await quiet();
  expect(log).toEqual(['kill', 1, 'settled', 'kill and throw']);
  expect(scene.node('top/it')).toMatchObject({ restarts: 2, status: 'running' });
});

test('kill: an actor that stops and kills itself in one go ends once, killed', async () => {
  const scene = new Scene();
  const terminate = jest.fn();
  const it = recorder([], {
    receive(sum, told, context) {
      if (told === 'stop') context.stop();
      if (told === 'stop') kill(context.self);
      return sum;
    },
    terminate,
  });
  const ref = await scene.run(it, 0);
  ref.send('stop');
  await scene.reports.started('it', 2);
  await quiet();
  expect(terminate).not.toHaveBeenCalled();
  expect(scene.node('top/it')).toMatchObject({ restarts: 1, status: 'running' });
});

test('kill: within failed, or within terminate, is the end of it', async () => {
  const scene = new Scene();
  let self: ActorRef<never> | undefined;
  const killSelf = (): void => self && kill(self);
  const ref = await scene.run(recorder([], { failed: killSelf, terminate: killSelf }), 0);
  self = ref;
  ref.send('throw');
  await scene.reports.started('it', 2);
  const stopped = scene.system.stop();
  expect(await stopped).toEqual(shutdown);
  expect(scene.reports.errors).toEqual(['child_terminated it', 'shutdown_error it']);
});

test('kill: of one that has ended does nothing', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a', { restart: 'temporary' })] });
  const a = scene.ref('a');
  for (let n = 0; n < 2; n++) kill(a);
  await quiet();
  kill(a);
  expect(scene.reports.errors).toEqual(['child_terminated a']);
});
