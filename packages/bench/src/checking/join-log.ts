import { noFaults, type Faults } from './faults';

/**
 * Checks what members who join one room at once are told of each other's joins: everyone is told of
 * their own and of every later one, once, and all in one order.
 */
export class JoinLog {
  readonly #told: ReadonlyMap<number, number[]>;
  #count = 0;

  constructor(users: readonly number[]) {
    this.#told = new Map(users.map((user) => [user, []]));
  }

  /** `receiver` is told that `user` has joined. */
  note(receiver: number, user: number): void {
    this.#told.get(receiver)?.push(user);
    this.#count++;
  }

  /** Whether as many joins have been told as there must be in all. */
  get complete(): boolean {
    const users = this.#told.size;
    return this.#count >= (users * (users + 1)) / 2;
  }

  /** How many joins have been told. */
  get count(): number {
    return this.#count;
  }

  /** What is wrong; the order is that of whoever was told the most. */
  faults(): Faults {
    const logs = [...this.#told.values()];
    const order = logs.reduce((longest, log) => (log.length > longest.length ? log : longest), []);
    const place = new Map(order.map((user, index) => [user, index]));
    let { lost, duplicated, reordered } = noFaults;
    for (const [receiver, log] of this.#told) {
      const distinct = new Set(log);
      const expected = order.slice(place.get(receiver) ?? 0);
      duplicated += log.length - distinct.size;
      lost += expected.filter((user) => !distinct.has(user)).length;
      // A sound log holds nothing but a suffix of the order; one early or late join counts once.
      const places = [...distinct].map((user) => place.get(user) ?? -1);
      reordered += places.filter((at, index) => index > 0 && at < (places[index - 1] ?? 0)).length;
      reordered += Math.max(0, distinct.size - expected.length);
    }
    return { ...noFaults, lost, duplicated, reordered };
  }
}
