/** In one room, how many receivers saw the order with this hash. */
export interface OrderCount {
  readonly room: number;
  readonly hash: number;
  readonly receivers: number;
}

/**
 * How many receivers saw their room's lines in another order than most of that room did.
 *
 * Only receivers that are sent all lines and miss nothing may be counted here: a writer lacks its own
 * lines, unless it has a terminal, so its hash differs from its neighbours' though it saw the same
 * order.
 */
export function receiversOutOfOrder(counts: readonly OrderCount[]): number {
  const rooms = new Map<number, Map<number, number>>();
  for (const { room, hash, receivers } of counts) {
    const hashes = rooms.get(room) ?? new Map<number, number>();
    hashes.set(hash, (hashes.get(hash) ?? 0) + receivers);
    rooms.set(room, hashes);
  }
  let outOfOrder = 0;
  for (const hashes of rooms.values()) {
    const sizes = [...hashes.values()];
    outOfOrder += sizes.reduce((sum, size) => sum + size, 0) - Math.max(...sizes);
  }
  return outOfOrder;
}
