import { BlockList, isIP, SocketAddress } from 'node:net';
import * as fc from 'fast-check';
import {
  addressBlockText,
  hasLoopback,
  isInBlock,
  isTooWide,
  parseAddress,
  parseAddressBlock,
} from './address-block';

function blockOf(text: string) {
  const block = parseAddressBlock(text);
  if (block === undefined) throw new Error(`${text} is no block`);
  return block;
}

const canonical = (text: string): string => addressBlockText(blockOf(text));

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7/24', '192.0.2.0/24'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207/120', '192.0.2.0/24'],
  ['2001:DB8::1', '2001:db8::/64'],
  ['2001:db8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['::/0', '::/0'],
])('%s is the block %s', (text, block) => {
  expect(canonical(text)).toBe(block);
});

test.each([
  '',
  'one',
  '10',
  '192.0.2',
  '192.0.2.256',
  '192.0.2.07',
  '192.0.2.1/33',
  '::1/129',
  ':::',
  '1::2::3',
  'fe80::1%eth0',
  '::ffff:192.0.2.7/24',
  '192.0.2.7::',
])('%j is no block', (text) => {
  expect(parseAddressBlock(text)).toBeUndefined();
});

test('what is an address is what Node takes for one', () => {
  const piece = fc.constantFrom('0', '1', 'ff', '255', 'abcd', '10000', ':', '::', '.', '1.2.3.4');
  const text = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (address) => {
      expect(parseAddress(address) !== undefined).toBe(isIP(address) !== 0);
    }),
  );
});

const number = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const ipv6TextOf = (base: bigint) =>
  addressBlockText({ family: 'ipv6', base, bits: 128 }).slice(0, -'/128'.length);

test('an address is in a block where Node says so', () => {
  const ipv4 = number(32).map((base) => addressBlockText({ family: 'ipv4', base, bits: 32 }));
  fc.assert(
    fc.property(ipv4, ipv4, fc.nat(32), (one, other, bits) => {
      const list = new BlockList();
      list.addSubnet(one, bits, 'ipv4');
      const address = parseAddress(other);
      expect(address && isInBlock(address, blockOf(`${one}/${bits}`))).toBe(list.check(other));
    }),
  );
  fc.assert(
    fc.property(number(128), fc.nat(128), fc.nat(127), (value, bits, flipped) => {
      const list = new BlockList();
      const [one, other] = [ipv6TextOf(value), ipv6TextOf(value ^ (1n << BigInt(flipped)))];
      list.addSubnet(one, bits, 'ipv6');
      const address = parseAddress(other);
      expect(address && isInBlock(address, blockOf(`${one}/${bits}`))).toBe(
        list.check(other, 'ipv6'),
      );
    }),
  );
});

test('a block is written in one way, which says the same', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.integer({ min: 97, max: 128 }), (address, bits) => {
      const text = canonical(`${address}/${bits}`);
      expect(canonical(text)).toBe(text);
      const [first = ''] = text.split('/');
      if (!first.includes(':')) return;
      const { address: shown } = new SocketAddress({ address: first, family: 'ipv6' });
      // Node writes the end of some as IPv4.
      expect(shown.includes('.') ? first : shown).toBe(first);
    }),
  );
});

test.each(['0.0.0.0/0', '10.0.0.0/7', '::/0', '2000::/3'])('%s is too wide', (text) => {
  expect(isTooWide(blockOf(text))).toBe(true);
});

test.each(['127.0.0.1', '127.9.0.0/16', '0.0.0.0/0', '::1', '::/64', '::ffff:127.0.0.1'])(
  '%s has addresses of this machine itself',
  (text) => {
    expect(hasLoopback(blockOf(text))).toBe(true);
  },
);

test.each(['10.0.0.0/8', '128.0.0.0/8', '2001:db8::/32'])('%s has none and is fine', (text) => {
  expect([hasLoopback(blockOf(text)), isTooWide(blockOf(text))]).toEqual([false, false]);
});
