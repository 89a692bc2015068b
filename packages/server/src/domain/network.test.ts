import { heldNetworkOf, networkOf } from './network';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['', ''],
  ['not an address', 'not an address'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

const isExempt = (address: string): boolean => address === '192.0.2.1';

test('what others did is held against a network, but not where an address is anyone’s', () => {
  expect(heldNetworkOf('192.0.2.7', isExempt)).toBe('192.0.2.7');
  expect(heldNetworkOf('2001:db8::7', isExempt)).toBe('2001:db8:0:0::/64');
  for (const anyones of ['192.0.2.1', '127.0.0.1', '::ffff:127.0.0.1', '::1']) {
    expect(heldNetworkOf(anyones, isExempt)).toBeUndefined();
  }
});
