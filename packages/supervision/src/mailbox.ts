/**
 * What waits for an actor, in order of arrival. Taking moves an index, so that a batch is not shifted
 * item by item; {@link compact} forgets what was taken.
 */
export class Mailbox<Item> {
  #items: Item[] = [];
  #taken = 0;

  get length(): number {
    return this.#items.length - this.#taken;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** The next one; only while there is one. */
  take(): Item {
    return this.#items[this.#taken++] as Item;
  }

  /** All that waits, still in it. */
  waiting(): ReadonlySet<unknown> {
    return new Set(this.#items.slice(this.#taken));
  }

  compact(): void {
    // A new array rather than an emptied one: that would keep its room, ten thousand times.
    if (this.length === 0) this.clear();
    else this.#items.splice(0, this.#taken);
    this.#taken = 0;
  }

  clear(): void {
    this.#items = [];
    this.#taken = 0;
  }
}
