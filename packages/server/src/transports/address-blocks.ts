import { BlockList, isIP } from 'node:net';

/** Addresses, and blocks of them (RFC 4632, RFC 4291 section 2.3). */
export class AddressBlocks {
  readonly #list = new BlockList();

  /** Of a text such as `10.0.0.0/16, 192.0.2.7`; undefined where it is no such. */
  static parse(text: string): AddressBlocks | undefined {
    const blocks = new AddressBlocks();
    return text.split(',').every((each) => blocks.#add(each.trim())) ? blocks : undefined;
  }

  has(address: string): boolean {
    const family = familyOf(address);
    return family !== undefined && this.#list.check(address, family);
  }

  #add(block: string): boolean {
    const [, address = '', prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(block) ?? [];
    const family = familyOf(address);
    if (family === undefined) return false;
    const bits = family === 'ipv4' ? 32 : 128;
    const length = prefix === undefined ? bits : Number(prefix);
    if (length > bits) return false;
    this.#list.addSubnet(address, length, family);
    return true;
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
