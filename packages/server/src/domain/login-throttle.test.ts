import * as fc from 'fast-check';
import { LoginThrottle, type Turn } from './login-throttle';

/** Takes a turn that there must be. */
function turnOf(
  throttle: LoginThrottle,
  name: string,
  address: string,
  nowMs: number,
): Turn & { ok: true } {
  const turn = throttle.take(name, address, nowMs);
  if (!turn.ok) throw new Error('it was turned away');
  return turn;
}

/** How long one wrong password after another waits, each given when the one before was looked at. */
function waits(
  throttle: LoginThrottle,
  count: number,
  whose: (at: number) => readonly [name: string, address: string],
): number[] {
  let nowMs = 1_000;
  return Array.from({ length: count }, (_, at) => {
    const [name, address] = whose(at);
    const { waitMs } = turnOf(throttle, name, address, nowMs);
    nowMs += waitMs;
    throttle.failed(address, nowMs);
    return waitMs;
  });
}

test('the first password is looked at at once, and each wrong one for a name doubles the wait', () => {
  const fromEverywhere = waits(new LoginThrottle(), 8, (at) => ['one', `192.0.2.${at}`]);
  expect(fromEverywhere).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test('an address that tries one name after another is slowed after a few', () => {
  const spraying = waits(new LoginThrottle(), 9, (at) => [`name${at}`, '192.0.2.1']);
  expect(spraying).toEqual([0, 0, 0, 0, 0, 0, 1_000, 2_000, 4_000]);
});

test('many at once are as slow as one after another, and some are turned away', () => {
  const throttle = new LoginThrottle();
  const turns = Array.from({ length: 50 }, (_, at) => throttle.take('one', `10.0.0.${at}`, 0));
  expect(turns.map((turn) => (turn.ok ? turn.waitMs : 'away'))).toEqual([
    0,
    1_000,
    3_000,
    7_000,
    15_000,
    ...Array.from({ length: 45 }, () => 'away'),
  ]);
});

test('the right password makes up for those that were wrong', () => {
  const throttle = new LoginThrottle();
  waits(throttle, 3, () => ['one', '192.0.2.1']);
  throttle.succeeded(turnOf(throttle, 'one', '192.0.2.1', 60_000), 'one', '192.0.2.1');
  expect(turnOf(throttle, 'one', '192.0.2.9', 60_000).waitMs).toBe(0);
});

test('whoever was there before is not kept out by others who guess', () => {
  const throttle = new LoginThrottle();
  throttle.succeeded(turnOf(throttle, 'one', '192.0.2.1', 0), 'one', '192.0.2.1');
  for (let at = 0; at < 20; at++) throttle.take('one', `10.0.0.${at}`, 0);
  expect(throttle.take('one', '10.0.0.99', 0).ok).toBe(false);
  expect(turnOf(throttle, 'one', '192.0.2.1', 0).waitMs).toBe(0);
});

test('a password that nobody could look at does not count', () => {
  const throttle = new LoginThrottle();
  for (let at = 0; at < 3; at++) {
    const turn = turnOf(throttle, 'one', '192.0.2.1', 0);
    expect(turn.waitMs).toBe(0);
    throttle.undone(turn, 0);
  }
  waits(throttle, 2, () => ['one', '192.0.2.1']);
  const turn = turnOf(throttle, 'one', '192.0.2.1', 10_000);
  throttle.undone(turn, 10_000);
  expect(turnOf(throttle, 'one', '192.0.2.1', 10_000).waitMs).toBe(2_000);
});

test('wrong passwords are forgotten after a quarter of an hour', () => {
  const throttle = new LoginThrottle();
  waits(throttle, 8, () => ['one', '192.0.2.1']);
  expect(turnOf(throttle, 'one', '192.0.2.1', 20 * 60_000).waitMs).toBe(0);
});

test('however passwords are tried, no more than some are looked at in a minute', () => {
  const tries = fc.array(fc.tuple(fc.nat(2_000), fc.nat(3)), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(tries, (each) => {
      const throttle = new LoginThrottle();
      let nowMs = 0;
      const lookedAt: number[] = [];
      for (const [passedMs, from] of each) {
        nowMs += passedMs;
        const turn = throttle.take('one', `192.0.2.${from}`, nowMs);
        if (turn.ok) lookedAt.push(nowMs + turn.waitMs);
      }
      for (const from of lookedAt) {
        const inMinute = lookedAt.filter((atMs) => atMs >= from && atMs < from + 60_000);
        expect(inMinute.length).toBeLessThanOrEqual(6);
      }
    }),
  );
});
