import { AddressBlocks } from './address-blocks';

test.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.8'],
  ['10.0.0.0/16', '10.0.255.255', '10.1.0.0'],
  ['10.0.3.4/16', '10.0.0.1', '10.1.0.0'],
  ['198.51.100.1, 10.0.0.0/8', '10.9.9.9', '11.0.0.0'],
  ['2001:db8::/32', '2001:db8:ffff::1', '2001:db9::'],
  ['::1', '::1', '127.0.0.1'],
  ['0.0.0.0/0', '203.0.113.9', '2001:db8::1'],
])('%j holds %s and not %s', (text, inside, outside) => {
  const blocks = AddressBlocks.parse(text);
  expect(blocks?.has(inside)).toBe(true);
  expect(blocks?.has(outside)).toBe(false);
});

test.each([
  '',
  'balancer',
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8,',
  '10.0.0/8',
  'fe80::1%eth0',
])('%j is not understood', (text) => {
  expect(AddressBlocks.parse(text)).toBeUndefined();
});

test('what is no address is in no block', () => {
  expect(AddressBlocks.parse('0.0.0.0/0')?.has('')).toBe(false);
});
