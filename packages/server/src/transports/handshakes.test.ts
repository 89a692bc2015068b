import { type Finished, Handshakes } from './handshakes';

const failureMs = 60_000;

function handshakes() {
  const all = new Handshakes({ runningMax: 2, perNetworkMax: 3, failureMs });
  const begun: string[] = [];
  const finish = new Map<string, Finished>();
  const admit = (name: string, network?: string): boolean =>
    all.admit(network, (finished) => {
      begun.push(name);
      finish.set(name, finished);
    });
  return { begun, admit, finish: (name: string, failed = false) => finish.get(name)?.(failed) };
}

test('more than may run wait for their turn, in their order', () => {
  const { begun, admit, finish } = handshakes();
  for (const name of ['a', 'b', 'c', 'd']) expect(admit(name)).toBe(true);
  expect(begun).toEqual(['a', 'b']);
  finish('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  finish('a');
  finish('c');
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('one network has so many, those that wait included, and others get in', () => {
  const { begun, admit, finish } = handshakes();
  const names = ['a', 'b', 'c', 'd'];
  expect(names.map((name) => admit(name, 'x'))).toEqual([true, true, true, false]);
  expect(admit('e', 'y')).toBe(true);
  finish('a');
  expect(admit('f', 'x')).toBe(true);
  finish('b');
  expect(begun).toEqual(['a', 'b', 'c', 'e']);
});

test('those that failed count for their network a while longer, and let others run', () => {
  jest.useFakeTimers();
  const { begun, admit, finish } = handshakes();
  for (const name of ['a', 'b', 'c']) {
    admit(name, 'x');
    finish(name, true);
  }
  expect(admit('d', 'x')).toBe(false);
  expect(admit('e', 'y')).toBe(true);
  jest.advanceTimersByTime(failureMs - 1);
  expect(admit('f', 'x')).toBe(false);
  jest.advanceTimersByTime(1);
  expect(admit('g', 'x')).toBe(true);
  expect(begun).toEqual(['a', 'b', 'c', 'e', 'g']);
  jest.useRealTimers();
});

test('thousands that are over as soon as they begin are no trouble', async () => {
  const all = new Handshakes({ runningMax: 1, perNetworkMax: 100_000, failureMs });
  const first = Promise.withResolvers<Finished>();
  all.admit('x', first.resolve);
  let count = 0;
  for (let each = 0; each < 50_000; each++) {
    all.admit('x', (finished) => {
      count++;
      finished(false);
    });
  }
  (await first.promise)(false);
  expect(count).toBe(50_000);
});
