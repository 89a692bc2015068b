/**
 * What an address is counted as. An IPv4 address is counted by itself; of IPv6 the /64, which is
 * what one household or one machine is given whole. IPv4 in IPv6 (::ffff:…) is IPv4.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const groups = groupsOf(address.split('%')[0] ?? '');
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xff_ff) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/**
 * The network that all who come from an address can be held to; none where an address stands for
 * anyone: where it is exempt, and where it is this machine's own, from which others may be passed on.
 */
export function heldNetworkOf(
  address: string,
  isExempt: (address: string) => boolean,
): string | undefined {
  const network = networkOf(address);
  const isLoopback = network.startsWith('127.') || address === '::1';
  return isLoopback || isExempt(address) ? undefined : network;
}

/** The eight groups of an IPv6 address, with those that `::` leaves out. */
function groupsOf(address: string): number[] {
  const [head = [], tail = []] = address.split('::').map((half) => halfOf(half));
  const missing = Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function halfOf(half: string): number[] {
  if (half === '') return [];
  return half.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16) || 0];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
