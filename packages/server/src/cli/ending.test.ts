import { defaultLimits } from '../domain/limits';
import { Ending } from './ending';

function scene(limits = defaultLimits) {
  const told: string[] = [];
  const note = (_: object, message: string): void => void told.push(message);
  const ending = new Ending(
    {
      log: { debug: note, info: note, warn: note, error: note, fatal: note },
      manager: {
        aliveEveryMs: undefined,
        ready() {},
        reloaded() {},
        stopping: (atMostMs) => void told.push(`systemd: ${atMostMs} ms`),
        alive() {},
      },
      limits,
    },
    (code) => void told.push(`exit ${code}`),
  );
  const server = {
    stop() {
      told.push('stop');
      return Promise.resolve();
    },
  };
  return { ending, server, told };
}

test('the first signal drains, the second waits for nobody, the third ends the process', () => {
  const { ending, server, told } = scene();
  ending.started(server);
  const heard = (signal: string): string[] => {
    ending.signal(signal);
    return told.splice(0);
  };
  expect(ending.isBegun).toBe(false);
  expect(heard('SIGTERM')).toEqual(['Chat server stopping', 'systemd: 0 ms', 'stop']);
  expect(heard('SIGINT')).toEqual(['Chat server stopping without waiting for its users', 'stop']);
  expect([ending.isBegun, ending.isForced]).toEqual([true, false]);
  expect(heard('SIGINT')).toEqual(['exit 1']);
  expect(ending.isForced).toBe(true);
});

test('a signal during the start is heard after it, and a second one ends the process', () => {
  const { ending, server, told } = scene();
  ending.signal('SIGTERM');
  expect(told.splice(0)).toEqual(['Chat server stopping', 'systemd: 0 ms']);
  ending.started(server);
  expect(told).toEqual(['stop']);
  const hanging = scene();
  hanging.ending.signal('SIGINT');
  hanging.ending.signal('SIGINT');
  expect(hanging.told.at(-1)).toBe('exit 1');
  expect(hanging.ending.isForced).toBe(true);
});

test('to be asked again to drain makes nobody impatient', () => {
  const { ending, server, told } = scene();
  ending.started(server);
  for (let times = 0; times < 5; times++) ending.begin('drain');
  expect(told.filter((each) => each === 'stop')).toHaveLength(1);
});

test('systemd is asked for the time that a drain takes', () => {
  const limits = { ...defaultLimits, drainDelayMs: 20_000, drainTimeoutMs: 30_000 };
  const { ending, told } = scene(limits);
  ending.signal('SIGTERM');
  expect(told).toContain('systemd: 65000 ms');
});
