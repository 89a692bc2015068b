import { FloodControl } from './flood-control';
import { defaultLimits } from './limits';

const limits = {
  ...defaultLimits,
  connectionsPerAddressMinuteMax: 3,
  loginsPerAddressMinuteMax: 2,
};

function connects(flood: FloodControl, addresses: readonly string[], nowMs = 0): boolean[] {
  return addresses.map((address) => flood.mayConnect(address, nowMs));
}

test('an address connects so often a minute, and as others do not count for it', () => {
  const flood = new FloodControl(limits, { isOn: true });
  expect(connects(flood, ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.1'])).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(flood.mayConnect('192.0.2.2', 0)).toBe(true);
  expect(flood.mayConnect('192.0.2.1', 20_000)).toBe(true);
  expect(flood.mayConnect('192.0.2.1', 20_000)).toBe(false);
});

test('all of an IPv6 /64 is one address', () => {
  const flood = new FloodControl(limits, { isOn: true });
  const same = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4'];
  expect(connects(flood, same)).toEqual([true, true, true, false]);
  expect(flood.mayConnect('2001:db8:0:1::1', 0)).toBe(true);
});

test('nothing is counted by an address that stands for many people', () => {
  const flood = new FloodControl(limits, {
    isOn: true,
    isExempt: (address) => address === '192.0.2.1',
  });
  const many = Array.from({ length: 100 }, () => '192.0.2.1');
  expect(connects(flood, many)).not.toContain(false);
  expect(flood.mayLogIn('192.0.2.1', 0)).toBe(true);
  expect(connects(flood, ['192.0.2.2', '192.0.2.2', '192.0.2.2', '192.0.2.2'])).toContain(false);
});

test('where it is off, everyone may do everything', () => {
  const flood = new FloodControl(limits, { isOn: false });
  const many = Array.from({ length: 100 }, () => '192.0.2.1');
  expect(connects(flood, many)).not.toContain(false);
  const gate = flood.gate('192.0.2.1');
  for (let line = 0; line < 10_000; line++) gate.line(100, 0);
  gate.read(1e9, 0);
  gate.worked(1e9, 0);
  expect(gate.isHeld(0)).toBe(false);
  expect(gate.stage(0)).toBe('calm');
});

test('an address tries so often a minute to log in', () => {
  const flood = new FloodControl(limits, { isOn: true });
  const tries = [0, 0, 0, 30_000, 30_000].map((nowMs) => flood.mayLogIn('192.0.2.1', nowMs));
  expect(tries).toEqual([true, true, false, true, false]);
});

test('the address that has not come for longest is forgotten first, when there are very many', () => {
  const flood = new FloodControl(limits, { isOn: true });
  connects(flood, ['192.0.2.1', '192.0.2.1', '192.0.2.1']);
  connects(flood, ['192.0.2.2', '192.0.2.2', '192.0.2.2']);
  for (let each = 0; each < 9_999; each++) {
    if (each === 5_000) flood.mayConnect('192.0.2.2', 0);
    flood.mayConnect(`2001:db8:${each.toString(16)}::1`, 0);
  }
  expect(flood.mayConnect('192.0.2.2', 0)).toBe(false);
  expect(flood.mayConnect('192.0.2.1', 0)).toBe(true);
});
