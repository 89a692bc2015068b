import { setImmediate } from 'node:timers/promises';
import { SystemdNotifier } from './systemd-notifier';

/** A systemd that is slow to listen: each message is taken when told to. */
function slowSystemd() {
  const messages: (readonly string[])[] = [];
  const failures: Error[] = [];
  const open: PromiseWithResolvers<void>[] = [];
  const notifier = new SystemdNotifier(
    { aliveEveryMs: 7_500 },
    (assignments) => {
      messages.push(assignments);
      const taken = Promise.withResolvers<void>();
      open.push(taken);
      return taken.promise;
    },
    (error) => failures.push(error),
    () => 42n,
  );
  const takes = async (error?: Error): Promise<void> => {
    const taken = open.shift();
    if (error === undefined) taken?.resolve();
    else taken?.reject(error);
    await setImmediate();
  };
  return { notifier, messages, failures, takes };
}

test('it is told at once that people can connect', () => {
  const { notifier, messages } = slowSystemd();
  expect(notifier.aliveEveryMs).toBe(7_500);
  notifier.ready();
  expect(messages).toEqual([['READY=1', 'STATUS=Accepting connections']]);
});

test('what comes up while it is told something goes together into the next message', async () => {
  const { notifier, messages, takes } = slowSystemd();
  notifier.ready();
  for (let times = 0; times < 1_000; times++) notifier.alive();
  notifier.stopping(0);
  expect(messages).toHaveLength(1);
  await takes();
  expect(messages.slice(1)).toEqual([['WATCHDOG=1', 'STOPPING=1', 'STATUS=Saying goodbye']]);
  await takes();
  notifier.alive();
  expect(messages.slice(2)).toEqual([['WATCHDOG=1']]);
});

test('only the first failure is told, and it goes on trying', async () => {
  const { notifier, messages, failures, takes } = slowSystemd();
  const errors = [new Error('no helper'), new Error('still none')];
  for (const error of errors) {
    notifier.alive();
    await takes(error);
  }
  expect(failures).toEqual(errors.slice(0, 1));
  expect(messages).toEqual([['WATCHDOG=1'], ['WATCHDOG=1']]);
});

test('a stop that takes longer than is usual asks for the time', () => {
  const { notifier, messages } = slowSystemd();
  notifier.stopping(65_000);
  expect(messages).toEqual([
    ['STOPPING=1', 'STATUS=Saying goodbye', 'EXTEND_TIMEOUT_USEC=65000000'],
  ]);
});

test('a reload is told in two messages, whatever else there is to tell', async () => {
  const { notifier, messages, takes } = slowSystemd();
  notifier.alive();
  for (let times = 0; times < 1_000; times++) notifier.reloaded();
  notifier.alive();
  await takes();
  await takes();
  await takes();
  expect(messages).toEqual([
    ['WATCHDOG=1'],
    ['RELOADING=1', 'MONOTONIC_USEC=42'],
    ['WATCHDOG=1', 'READY=1'],
  ]);
});
