/**
 * Numbers that look random and are the same for the same seed and number (sfc32, from PractRand), so
 * that any one input can be made again without those before it.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, target: string, number: number) {
    this.#a = seed | 0;
    this.#b = hashOf(target) ^ Math.floor(number / 2 ** 32);
    this.#c = number | 0;
    for (let round = 0; round < 12; round++) this.#next();
  }

  /** One of 0 to `below` - 1. */
  below(below: number): number {
    return Math.floor((this.#next() / 2 ** 32) * below);
  }

  /** Whether it is the one time in that many. */
  once(inThatMany: number): boolean {
    return this.below(inThatMany) === 0;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** Up to `max` of what is made, seldom many. */
  some<Item>(max: number, make: () => Item): Item[] {
    const count = this.below(this.once(4) ? max + 1 : Math.ceil(max / 4) + 1);
    return Array.from({ length: count }, make);
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  }
  return hash;
}
