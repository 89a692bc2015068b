/**
 * Items that wait, each for a key: the keys take turns, and of each the one that has waited longest
 * comes first, so that whoever brings many delays their own.
 */
export class RoundRobin<T> {
  /** In the order of the turns; none without items. */
  readonly #queues = new Map<string, T[]>();

  put(key: string, item: T): void {
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, [item]);
    else queue.push(item);
  }

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  /** What comes next, if anything. */
  peek(): T | undefined {
    const [queue] = this.#queues.values();
    return queue?.[0];
  }

  /** Takes what comes next, if anything. */
  take(): T | undefined {
    const [next] = this.#queues;
    if (next === undefined) return undefined;
    const [key, queue] = next;
    const item = queue.shift();
    this.#queues.delete(key);
    if (queue.length > 0) this.#queues.set(key, queue);
    return item;
  }
}
