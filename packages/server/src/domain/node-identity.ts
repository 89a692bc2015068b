import { nodeOf, originOf } from './origin';

/**
 * Which node this process is among those that share a store. A node that was taken for dead goes on
 * as another one: what the first has under way counts for nothing any more.
 */
export class NodeIdentity {
  #incarnation = 1;
  #current: string;
  /** What the origins of its connections begin with. */
  #origins: string;

  /** `process` is unique among all processes there ever were. */
  constructor(readonly process: string) {
    this.#current = `${process}-${this.#incarnation}`;
    this.#origins = originsOf(this.#current);
  }

  get current(): string {
    return this.#current;
  }

  /** Goes on as another node. */
  renew(): void {
    this.#current = `${this.process}-${++this.#incarnation}`;
    this.#origins = originsOf(this.#current);
  }

  /** Whether a connection is of this node as it is now. */
  has(origin: string): boolean {
    return origin.startsWith(this.#origins);
  }
}

/** The process that a connection is or was on, whichever node that is now. */
export function processOf(origin: string): string {
  const node = nodeOf(origin);
  return node.slice(0, node.lastIndexOf('-'));
}

function originsOf(node: string): string {
  return originOf(node, 0).slice(0, -1);
}
