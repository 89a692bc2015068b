import { Client } from './client.suite';

const talking = new Set<Crowd>();

// Also when a test has failed in the middle of it.
afterEach(async () => {
  await Promise.all(Array.from(talking, (crowd) => crowd.stopTalking()));
});

/** People in one room, each of whom says numbered lines and reads those of all the others. */
export class Crowd {
  readonly #said = new Map<Client, number>();
  #isTalking = false;
  #talk: Promise<void> = Promise.resolve();

  private constructor(
    readonly members: readonly Client[],
    readonly room: string,
  ) {
    for (const member of members) this.#said.set(member, 0);
  }

  /** People on these nodes in turns. */
  static async gather(ports: readonly number[], size: number, room = 'Planes'): Promise<Crowd> {
    const names = Array.from({ length: size }, (_, index) => `m${index}`);
    const members = await Promise.all(
      names.map((name, index) => Client.login(ports[index % ports.length] ?? 0, name)),
    );
    const [first] = members;
    await first?.does(`/create ${room}`, `Room ${room} created.`);
    for (const member of members) {
      member.types(`/join ${room}`);
      await member.transcript.until(joinedLine(member.name, room));
    }
    const last = joinedLine(names.at(-1) ?? '', room);
    const others = members.slice(0, -1);
    await Promise.all(others.map((member) => member.transcript.until(last)));
    return new Crowd(members, room);
  }

  /** Has everyone talk, line after line, until told to stop. */
  startTalking(): void {
    this.#isTalking = true;
    talking.add(this);
    this.#talk = this.#keepTalking();
  }

  async stopTalking(): Promise<void> {
    this.#isTalking = false;
    talking.delete(this);
    await this.#talk;
  }

  /** Waits until everyone has said that many lines more. */
  async talksOn(lines: number): Promise<void> {
    const [first] = this.members;
    if (first === undefined) throw new Error('a crowd of none');
    const goal = this.#countOf(first) + lines;
    while (this.#countOf(first) < goal) await nextTurn();
  }

  /**
   * Waits until the last line of everyone has reached everyone, and answers what was wrong with
   * what they read: lines lost, told twice, or in another order than for the others.
   */
  async faults(others: (line: string) => boolean): Promise<readonly string[]> {
    for (const member of this.members) member.types('the end');
    const orders = await Promise.all(this.members.map((member) => this.#read(member)));
    const faults = orders.flatMap((lines, at) => this.#faultsOf(at, lines, others));
    return [...faults, ...this.#differences(orders)].slice(0, 10);
  }

  async #keepTalking(): Promise<void> {
    while (this.#isTalking) {
      for (const member of this.members) {
        const count = this.#countOf(member) + 1;
        this.#said.set(member, count);
        member.types(`${count}`);
      }
      await nextTurn();
    }
  }

  #countOf(member: Client): number {
    return this.#said.get(member) ?? 0;
  }

  async #read(member: Client): Promise<readonly string[]> {
    const ends = this.members.length - 1;
    const lines: string[] = [];
    for (let ended = 0; ended < ends;) {
      const line = await member.transcript.line();
      if (line.endsWith(']: the end')) ended++;
      else lines.push(line);
    }
    return lines;
  }

  /** Where two members have read what others said in another order. */
  #differences(orders: readonly (readonly string[])[]): readonly string[] {
    const said = /^\[m\d+\]: \d+$/;
    const [first] = this.members;
    return this.members.slice(1).flatMap((member, index) => {
      const own = (line: string): boolean =>
        line.startsWith(`[${first?.name}]`) || line.startsWith(`[${member.name}]`);
      const [one = [], other = []] = [orders[0], orders[index + 1]].map((lines) =>
        lines?.filter((line) => said.test(line) && !own(line)),
      );
      const at = one.findIndex((line, place) => line !== other[place]);
      return at === -1 ? [] : [`${member.name} reads ${other[at]} where others read ${one[at]}`];
    });
  }

  #faultsOf(
    index: number,
    lines: readonly string[],
    others: (line: string) => boolean,
  ): readonly string[] {
    const reader = this.members[index];
    const next = new Map<string, number>();
    const faults: string[] = [];
    for (const line of lines) {
      const [, name = '', number] = /^\[(m\d+)\]: (\d+)$/.exec(line) ?? [];
      if (number === undefined) {
        if (!others(line)) faults.push(`${reader?.name} reads ${line}`);
        continue;
      }
      const expected = (next.get(name) ?? 0) + 1;
      next.set(name, Number(number));
      if (Number(number) !== expected) {
        faults.push(`${reader?.name} reads ${name}'s ${number} instead of ${expected}`);
      }
    }
    for (const member of this.members) {
      const last = next.get(member.name) ?? 0;
      if (member !== reader && last !== this.#countOf(member)) {
        faults.push(`${reader?.name} has ${last} of ${this.#countOf(member)} of ${member.name}`);
      }
    }
    return faults.slice(0, 3);
  }
}

function joinedLine(name: string, room: string): string {
  return `[*]: User ${name} joined ${room}.`;
}

/** Lets what is under way go on. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(() => resolve(), 2);
  return promise;
}
