import { nodeOf } from './origin';

/**
 * Which node this process is among those that share a store. A node that was taken for dead goes on
 * as another one: what the first has under way counts for nothing any more.
 */
export class NodeIdentity {
  #incarnation = 1;

  /** `process` is unique among all processes there ever were. */
  constructor(readonly process: string) {}

  get current(): string {
    return `${this.process}-${this.#incarnation}`;
  }

  /** Goes on as another node. */
  renew(): void {
    this.#incarnation++;
  }

  /** Whether a connection is of this node as it is now. */
  has(origin: string): boolean {
    return nodeOf(origin) === this.current;
  }
}

/** The process that a connection is or was on, whichever node that is now. */
export function processOf(origin: string): string {
  const node = nodeOf(origin);
  return node.slice(0, node.lastIndexOf('-'));
}
