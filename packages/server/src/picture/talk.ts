import { setTimeout as wait } from 'node:timers/promises';
import { PlainClient } from './plain-client';

/** How many of a hundred people are in which room. */
const rooms: readonly (readonly [name: string, percent: number])[] = [
  ['Planes', 42],
  ['Trains', 27],
  ['Gardens', 18],
  ['Chess', 9],
  ['Harbour', 4],
];
const turnMs = 25;

/** People in rooms, who talk in turns: now more of them, now fewer. */
export class Talk {
  #isOver = false;
  readonly #talking: Promise<void>;

  private constructor(private readonly people: readonly PlainClient[]) {
    this.#talking = this.#talk();
  }

  /** They come bit by bit, as people do. */
  static async begin(port: number, count: number): Promise<Talk> {
    const people: PlainClient[] = [];
    for (let n = 0; n < count; n++) {
      const person = await PlainClient.login(port, `person-${n}`);
      const [name, percent] = rooms[n] ?? rooms[roomAt((n / count) * 100)] ?? ['', 0];
      if (percent > 0 && n < rooms.length) person.enters(`/create ${name}`);
      person.enters(`/join ${name}`);
      people.push(person);
      await wait(turnMs);
    }
    return new Talk(people);
  }

  /** They say no more. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#talking;
  }

  async #talk(): Promise<void> {
    for (let turn = 0; !this.#isOver; turn++) {
      this.people[(turn * 37) % this.people.length]?.enters(`line ${turn}`);
      await wait(turnMs / (1 + 0.5 * Math.sin(turn / 150)));
    }
  }

  /** One of them meets a fault. */
  crash(): void {
    this.people[17]?.enters('/crash connection');
  }
}

function roomAt(percent: number): number {
  let sum = 0;
  return rooms.findIndex(([, share]) => (sum += share) > percent);
}
