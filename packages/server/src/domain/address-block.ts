/** An address as a number. */
export interface Address {
  readonly family: 'ipv4' | 'ipv6';
  readonly value: bigint;
}

/** Addresses whose first bits are the same (RFC 4632; RFC 4291, section 2.3). */
export interface AddressBlock {
  readonly family: 'ipv4' | 'ipv6';
  /** Its first address. */
  readonly base: bigint;
  /** How many bits are the same. */
  readonly bits: number;
}

const bitsOf = { ipv4: 32, ipv6: 128 } as const;
/** What one household is given whole, and has all addresses of. */
const householdBits = 64;
/** What is wider is a part of the world: a hundred of the blocks that countries share. */
const bitsMin = { ipv4: 8, ipv6: 16 } as const;

/** The address that a text is, without a zone; IPv4 in IPv6 (::ffff:…) is IPv4. */
export function parseAddress(text: string): Address | undefined {
  const bare = text.split('%', 1)[0] ?? '';
  const ipv4 = ipv4Of(bare);
  if (ipv4 !== undefined) return { family: 'ipv4', value: ipv4 };
  const ipv6 = ipv6Of(bare);
  if (ipv6 === undefined) return undefined;
  return ipv6 >> 32n === 0xffffn
    ? { family: 'ipv4', value: ipv6 & 0xffff_ffffn }
    : { family: 'ipv6', value: ipv6 };
}

/**
 * The block that a text is: `192.0.2.0/24`, `2001:db8::/32`, or an address, which is a block of its
 * own; one of IPv6 stands for its /64. Bits behind the prefix do not count.
 */
export function parseAddressBlock(text: string): AddressBlock | undefined {
  const [, address = '', prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const parsed = parseAddress(address);
  if (parsed === undefined) return undefined;
  const { family } = parsed;
  // A prefix is one of IPv6 where the address was written so.
  const before = family === 'ipv4' && address.includes(':') ? 96 : 0;
  const byDefault = family === 'ipv6' ? householdBits : bitsOf.ipv4;
  const bits = prefix === undefined ? byDefault : Number(prefix) - before;
  if (bits < 0 || bits > bitsOf[family]) return undefined;
  return { family, base: maskedTo(bits, parsed), bits };
}

/** The same for all ways to write a block, as RFC 5952 has it. */
export function addressBlockText({ family, base, bits }: AddressBlock): string {
  if (family === 'ipv6') return `${ipv6Text(base)}/${bits}`;
  const dotted = [24n, 16n, 8n, 0n].map((shift) => (base >> shift) & 0xffn).join('.');
  return bits === bitsOf.ipv4 ? dotted : `${dotted}/${bits}`;
}

/** The first address of the block of so many bits that an address is in. */
export function maskedTo(bits: number, { family, value }: Address): bigint {
  const rest = BigInt(bitsOf[family] - bits);
  return (value >> rest) << rest;
}

export function isInBlock(address: Address, { family, base, bits }: AddressBlock): boolean {
  return address.family === family && maskedTo(bits, address) === base;
}

/** Whether a block is so wide that who is banned with it is anyone. */
export function isTooWide({ family, bits }: AddressBlock): boolean {
  return bits < bitsMin[family];
}

/** Whether a machine speaks with itself by an address in there. */
export function hasLoopback(block: AddressBlock): boolean {
  if (block.family === 'ipv6') return isInBlock({ family: 'ipv6', value: 1n }, block);
  const loopback: AddressBlock = { family: 'ipv4', base: 127n << 24n, bits: 8 };
  return (
    isInBlock({ family: 'ipv4', value: block.base }, loopback) ||
    isInBlock({ family: 'ipv4', value: loopback.base }, block)
  );
}

function ipv4Of(text: string): bigint | undefined {
  const bytes = text.split('.');
  if (bytes.length !== 4 || !bytes.every((byte) => /^(?:0|[1-9]\d{0,2})$/.test(byte))) {
    return undefined;
  }
  const numbers = bytes.map(Number);
  if (numbers.some((byte) => byte > 255)) return undefined;
  return numbers.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
}

function ipv6Of(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [
    halfOf(halves[0] ?? '', halves.length === 1),
    halfOf(halves[1] ?? '', true),
  ];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return groups.reduce((value, group) => value * 65_536n + BigInt(group), 0n);
}

/** Groups of an address before or behind its `::`; the last two may be written as IPv4. */
function halfOf(half: string, isEnd: boolean): number[] | undefined {
  if (half === '') return [];
  const groups = half.split(':');
  const last = groups.at(-1) ?? '';
  const ipv4 = isEnd && last.includes('.') ? ipv4Of(last) : undefined;
  const plain = ipv4 === undefined ? groups : groups.slice(0, -1);
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const numbers = plain.map((group) => Number.parseInt(group, 16));
  return ipv4 === undefined ? numbers : [...numbers, Number(ipv4 >> 16n), Number(ipv4 & 0xffffn)];
}

function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const zeros = Array.from(groups.join(':').matchAll(/\b0(?::0)+\b/g), ([run]) => run);
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  const text = groups.join(':');
  if (longest === '') return text;
  const at = text.search(new RegExp(`(?<=^|:)${longest}(?=$|:)`));
  const before = text.slice(0, at).replace(/:$/, '');
  const behind = text.slice(at + longest.length).replace(/^:/, '');
  return `${before}::${behind}`;
}
