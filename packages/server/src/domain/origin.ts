/**
 * A connection, unique over all nodes: its node, its number there, and how often it had to log in
 * again as somebody new.
 */
export function originOf(node: string, number: number, returns = 0): string {
  return returns === 0 ? `${node}.${number}` : `${node}.${number}+${returns}`;
}

/** The node that a connection is on. */
export function nodeOf(origin: string): string {
  return origin.slice(0, origin.lastIndexOf('.'));
}

/** The number of a connection on its node. */
export function numberOf(origin: string): number {
  return Number.parseInt(origin.slice(origin.lastIndexOf('.') + 1), 10);
}
