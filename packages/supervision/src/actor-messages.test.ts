import { actorName, type ActorRef } from './actor-ref';
import { ask, type Reply } from './ask';
import type { Behaviour } from './behaviour';
import { normal } from './exit-reason';
import type { MailboxReport, Report } from './reports';
import {
  crash,
  down,
  incarnationOf,
  note,
  type ProbeMessage,
  quiet,
  Scene,
  stopWith,
} from './scene.suite';
import { deleteChild, restartChild, startChild, terminateChild } from './supervisor';
import type { SupervisorRequest } from './supervisor-message';

type Question = 'crash' | 'stop' | { readonly question: Reply<string> };

const question = (reply: Reply<string>): Question => ({ question: reply });

/** Keeps what it is asked, for the test to answer. */
function oracle(asked: Reply<string>[]): Behaviour<undefined, undefined, Question> {
  return {
    init: () => undefined,
    receive(state, message, context) {
      if (message === 'crash') throw new Error('crash');
      if (message === 'stop') context.stop();
      else asked.push(message.question);
      return state;
    },
  };
}

const fifty = (sender: string): readonly string[] =>
  Array.from({ length: 50 }, (_, n) => `${sender}${n}`);

const isMailboxReport = (report: Report): report is MailboxReport =>
  report.report === 'mailbox_full';

test('send: a message is sent, refused when the mailbox is full, and gone when the actor is', async () => {
  const scene = new Scene();
  const root = await scene.supervise({ children: [scene.probe('a', { mailboxMax: 2 })] });
  const a = scene.ref('a');
  expect([a.send(note('1')), a.send(note('2')), a.send(note('3'))]).toEqual([
    'sent',
    'sent',
    'mailbox-full',
  ]);
  await quiet();
  expect(a.send(note('4'))).toBe('sent');
  await terminateChild(root, 'a');
  expect(a.send(note('5'))).toBe('gone');
  expect(scene.happened()).toEqual(['+a', '1', '2', '4', '-a']);
});

test('send: a full mailbox is reported once, until it has been empty again', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a', { mailboxMax: 1 })] });
  const a = scene.ref('a');
  for (let n = 0; n < 5; n++) a.send(note('n'));
  expect(scene.reports.of(isMailboxReport)).toEqual([
    { report: 'mailbox_full', path: 'top/a', role: 'a', mailboxMax: 1 },
  ]);
  await quiet();
  for (let n = 0; n < 5; n++) a.send(note('n'));
  expect(scene.reports.of(isMailboxReport)).toHaveLength(2);
});

test('send: ten thousand messages may wait when nothing else is said', async () => {
  const scene = new Scene();
  const ref = await scene.run(oracle([]), undefined);
  const results = Array.from({ length: 10_001 }, () =>
    ref.send({ question: { send: () => undefined } }),
  );
  expect(results.indexOf('mailbox-full')).toBe(10_000);
});

test('send: messages wait for an actor that is to come back, up to the same bound', async () => {
  const scene = new Scene();
  const backoff = { minMs: 10, maxMs: 10 };
  await scene.supervise({ backoff, children: [scene.probe('a', { mailboxMax: 2 })] });
  const a = scene.ref('a');
  a.send(crash);
  await quiet();
  expect([a.send(note('1')), a.send(note('2')), a.send(note('3'))]).toEqual([
    'sent',
    'sent',
    'mailbox-full',
  ]);
  scene.clock.advance(10);
  await quiet();
  expect(scene.happened()).toEqual(['+a', '-a', '+a', '1', '2']);
});

test('notify: is not refused by a full mailbox', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a', { mailboxMax: 1 })] });
  const a = scene.ref('a');
  a.send(note('1'));
  expect(a.notify(note('2'))).toBe('sent');
  expect(a.send(note('3'))).toBe('mailbox-full');
  await quiet();
  expect(scene.happened()).toEqual(['+a', '1', '2']);
});

test('send: messages of each sender keep their order, whatever ends in between', async () => {
  const scene = new Scene();
  scene.batchMax = 3;
  const intensity = { restartsMax: 100, periodMs: 1 };
  await scene.supervise({ intensity, children: [scene.probe('a')] });
  const a = scene.ref('a');
  for (let n = 0; n < 50; n++) {
    a.send(note(`x${n}`));
    if (n % 7 === 0) a.send(crash);
    a.send(note(`y${n}`));
    if (n % 11 === 0) await quiet(1);
  }
  await incarnationOf(a);
  const of = (sender: string): readonly string[] =>
    scene.journal.filter((text) => text.startsWith(sender));
  expect([of('x'), of('y')]).toEqual([fifty('x'), fifty('y')]);
});

test('send: an old reference does not reach a namesake that is started later', async () => {
  const scene = new Scene();
  const root: ActorRef<SupervisorRequest> = await scene.supervise({ children: [scene.probe('a')] });
  const before = scene.ref('a');
  await terminateChild(root, 'a');
  await deleteChild(root, 'a');
  await startChild(root, scene.probe('a'));
  const after = scene.ref('a');
  expect(after.path).toBe(before.path);
  expect(after.id).not.toBe(before.id);
  expect(before.send(note('lost'))).toBe('gone');
  expect(await incarnationOf(before)).toBe('gone');
  expect(await incarnationOf(after)).toBe(1);
  expect(scene.journal).not.toContain('lost');
});

test('whereIs: a name is found while its actor lives, and then again when there is another', async () => {
  const scene = new Scene();
  const name = actorName<ProbeMessage>('a');
  const root = await scene.supervise({ children: [scene.probe('a')] });
  await scene.crash('a');
  expect(scene.system.whereIs(name)).toBeDefined();
  await terminateChild(root, 'a');
  expect(scene.system.whereIs(name)).toBeUndefined();
  await restartChild(root, 'a');
  expect(await incarnationOf(scene.ref('a'))).toBe(1);
});

test('batching: one wake-up handles all that waits, up to the batch, then others have their turn', async () => {
  const scene = new Scene();
  scene.batchMax = 10;
  await scene.supervise({ children: [scene.probe('a'), scene.probe('b')] });
  for (let n = 0; n < 25; n++) scene.ref('a').send(note('a'));
  for (let n = 0; n < 5; n++) scene.ref('b').send(note('b'));
  await quiet();
  expect(scene.happened().slice(2).join('')).toBe(
    ['a'.repeat(10), 'b'.repeat(5), 'a'.repeat(10), 'a'.repeat(5)].join(''),
  );
});

test('batching: what an actor tells itself while it handles is part of the same wake-up', async () => {
  const scene = new Scene();
  const log: string[] = [];
  const it: Behaviour<undefined, undefined, number> = {
    init: () => undefined,
    receive(state, left, { self }) {
      log.push(String(left));
      if (left > 0) self.send(left - 1);
      return state;
    },
    settled: (state) => (log.push('settled'), state),
  };
  (await scene.run(it, undefined)).send(3);
  await quiet();
  expect(log).toEqual(['3', '2', '1', '0', 'settled']);
});

test('ask: is answered with a value, and only the first counts', async () => {
  const scene = new Scene();
  const asked: Reply<string>[] = [];
  const ref = await scene.run(oracle(asked), undefined);
  const answer = ask(ref, question, 1_000);
  await quiet();
  for (const value of ['first', 'second']) asked[0]?.send(value);
  expect(await answer).toEqual({ ok: true, value: 'first' });
  expect(scene.clock.pending).toBe(0);
});

test('ask: is given up after its time', async () => {
  const scene = new Scene();
  const asked: Reply<string>[] = [];
  const ref = await scene.run(oracle(asked), undefined);
  const answer = ask(ref, question, 1_000);
  await quiet();
  scene.clock.advance(1_000);
  expect(await answer).toEqual({ ok: false, reason: 'timeout' });
  asked[0]?.send('late');
});

test.each(['crash', 'stop'] as const)(
  'ask: is gone at once when the actor ends without having answered (%s)',
  async (end) => {
    const scene = new Scene();
    const ref = await scene.run(oracle([]), undefined);
    const answer = ask(ref, question, Infinity);
    ref.send(end);
    expect(await answer).toEqual({ ok: false, reason: 'gone' });
  },
);

test('ask: what still waits when the actor is restarted is answered after', async () => {
  const scene = new Scene();
  const asked: Reply<string>[] = [];
  const ref = await scene.run(oracle(asked), undefined);
  ref.send('crash');
  const answer = ask(ref, question, Infinity);
  await down(ref);
  await quiet();
  asked[0]?.send('after all');
  expect(await answer).toEqual({ ok: true, value: 'after all' });
});

test('ask: what still waits when the actor ends for good is gone', async () => {
  const scene = new Scene();
  await scene.supervise({ children: [scene.probe('a', { restart: 'temporary' })] });
  const a = scene.ref('a');
  a.send(stopWith(normal));
  expect(await incarnationOf(a)).toBe('gone');
  expect(await incarnationOf(a)).toBe('gone');
});

test('ask: a full mailbox refuses', async () => {
  const scene = new Scene();
  const ref = await scene.run(oracle([]), undefined, { mailboxMax: 0 });
  expect(await ask(ref, question, 1_000)).toEqual({ ok: false, reason: 'mailbox-full' });
  expect(scene.clock.pending).toBe(0);
});

test('ask: a request that cannot be made is the bug of who asks', async () => {
  const scene = new Scene();
  const ref = await scene.run(oracle([]), undefined);
  expect(() =>
    ask(
      ref,
      (): Question => {
        throw new Error('bug');
      },
      1_000,
    ),
  ).toThrow('bug');
});

test('ask: ten thousand questions that wait survive a crash, each once', async () => {
  const scene = new Scene();
  const asked: Reply<string>[] = [];
  const ref = await scene.run(oracle(asked), undefined, { mailboxMax: Infinity });
  ref.send('crash');
  const answers = Array.from({ length: 10_000 }, () => ask(ref, question, Infinity));
  await quiet(40);
  expect(asked).toHaveLength(10_000);
  for (const reply of asked) reply.send('yes');
  const settled = await Promise.all(answers);
  expect(settled.every(({ ok }) => ok)).toBe(true);
});
