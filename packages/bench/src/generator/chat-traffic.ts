import { addFaults, hasFaults, noFaults, type Faults } from '../checking/faults';
import { ReceiverCheck } from '../checking/receiver-check';
import type { OrderCount } from '../checking/room-order';
import { hasTime, readAgeUs } from '../wire/counted-line';
import { monotonicUs } from '../wire/monotonic-clock';
import type { Crowd } from './crowd';
import { writeAtFixedRate } from './fixed-rate';
import { Gauge } from './gauge';
import { witnesses, writes } from './traffic-plan';
import type { Receiver, UserConnection } from './user-connection';
import { Writer } from './writer';

/** How many lines a writer has sent in all. */
export interface SentCount {
  readonly user: number;
  readonly lines: number;
}

/** What was wrong with what one generator process received. */
export interface TrafficVerdict {
  readonly faults: Faults;
  readonly orders: readonly OrderCount[];
}

class CountingReceiver implements Receiver {
  readonly room: number;
  readonly check: ReceiverCheck;
  readonly #firstWriter: number;
  readonly #gauge: Gauge;
  /** By slot: the writers that wait for this receiver to get their lines. */
  readonly witnessed: (Writer | undefined)[] = [];

  constructor(room: number, firstWriter: number, check: ReceiverCheck, gauge: Gauge) {
    this.room = room;
    this.#firstWriter = firstWriter;
    this.check = check;
    this.#gauge = gauge;
  }

  counted(user: number, sequence: number, bytes: Uint8Array, textAt: number): void {
    const slot = user - this.#firstWriter;
    const gauge = this.#gauge;
    gauge.deliveries++;
    this.check.note(slot, sequence);
    if (gauge.measuring && hasTime(bytes, textAt)) {
      gauge.latencies.record(readAgeUs(bytes, textAt, monotonicUs()));
    }
    this.witnessed[slot]?.arrived(sequence);
  }

  damaged(): void {
    this.check.noteDamaged();
  }

  joined(): void {
    // Who joins is of no interest here.
  }

  told(): void {
    // Nor is what else a member is told: what it means for lines shows in their numbers.
  }
}

const pollMs = 20;
const graceMs = 100;

/** Numbered lines among a crowd that is in its rooms, and the check of every line that arrives. */
export class ChatTraffic {
  readonly gauge = new Gauge();
  readonly #crowd: Crowd;
  readonly #giveUpMs: number;
  readonly #writers: Writer[] = [];
  readonly #receivers: CountingReceiver[];
  #stopRate: (() => void) | undefined;

  /** Lines that are missing `giveUpMs` after the last one arrived are lost. */
  constructor(crowd: Crowd, giveUpMs: number) {
    this.#crowd = crowd;
    this.#giveUpMs = giveUpMs;
    this.#receivers = crowd.connections.map((connection) => this.#receiverFor(connection));
    const byUser = new Map(crowd.connections.map((connection) => [connection.user, connection]));
    const receiverOf = new Map(
      crowd.connections.map(({ user }, index) => [user, this.#receivers[index]]),
    );
    for (const members of Map.groupBy(byUser.keys(), (user) => crowd.roomOf(user)).values()) {
      for (const [user, witness] of this.#witnesses(members)) {
        const connection = byUser.get(user);
        const receiver = receiverOf.get(witness);
        if (connection === undefined || receiver === undefined) continue;
        const writer = new Writer(connection, crowd.plan);
        this.#writers.push(writer);
        receiver.witnessed[this.#slotOf(user)] = writer;
      }
    }
  }

  #witnesses(members: readonly number[]): Map<number, number> {
    return witnesses(
      members,
      (member) => this.#isWriter(member),
      (member) => this.#crowd.nodeOf(member),
    );
  }

  #slotOf(user: number): number {
    return user % this.#crowd.plan.membersPerRoom;
  }

  #isWriter(user: number): boolean {
    return writes(this.#crowd.plan, user);
  }

  /** Who writes at a terminal sees their own words come back in the room's order. */
  #lacksOwnLines({ user, hasTerminal }: UserConnection): boolean {
    return this.#isWriter(user) && !hasTerminal;
  }

  #receiverFor(connection: UserConnection): CountingReceiver {
    const { plan } = this.#crowd;
    const ownSlot = this.#lacksOwnLines(connection) ? this.#slotOf(connection.user) : undefined;
    const check = new ReceiverCheck(plan.writersPerRoom, ownSlot);
    const room = this.#crowd.roomOf(connection.user);
    const firstWriter = room * plan.membersPerRoom;
    const receiver = new CountingReceiver(room, firstWriter, check, this.gauge);
    connection.receiver = receiver;
    return receiver;
  }

  /** Begins to write; `share` of a fixed rate is this process's. */
  start(share: number): void {
    const { pace } = this.#crowd.plan;
    switch (pace.kind) {
      case 'closed-loop':
        for (const writer of this.#writers) writer.start();
        break;
      case 'fixed-rate':
        this.#stopRate = writeAtFixedRate(this.#writers, pace.linesPerSecond * share);
        break;
    }
  }

  /** Writes nothing more, and tells how much was written. */
  stop(): SentCount[] {
    this.#stopRate?.();
    for (const writer of this.#writers) writer.stop();
    return this.#writers.map((writer) => ({ user: writer.user, lines: writer.sent }));
  }

  /**
   * Waits until every line has arrived everywhere, or until nothing has arrived for long; then tells
   * what is wrong. `sent` is what the writers of all generator processes have written.
   */
  async settle(sent: readonly SentCount[]): Promise<TrafficVerdict> {
    const sentByRoom = this.#sentByRoom(sent);
    const sentIn = (room: number): readonly number[] => sentByRoom.get(room) ?? [];
    const missing = (): number =>
      this.#receivers.reduce(
        (sum, { check, room }) => sum + check.expected(sentIn(room)) - check.received,
        0,
      );
    let before = missing();
    let progressMs = performance.now();
    while (before > 0 && performance.now() - progressMs < this.#giveUpMs) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      const now = missing();
      if (now < before) progressMs = performance.now();
      before = now;
    }
    // What comes twice may come last.
    await new Promise((resolve) => setTimeout(resolve, graceMs));
    return this.#verdict(sentIn);
  }

  #sentByRoom(sent: readonly SentCount[]): Map<number, number[]> {
    const { plan } = this.#crowd;
    const byRoom = new Map<number, number[]>();
    for (const { user, lines } of sent) {
      const room = this.#crowd.roomOf(user);
      const counts = byRoom.get(room) ?? Array.from({ length: plan.writersPerRoom }, () => 0);
      counts[this.#slotOf(user)] = lines;
      byRoom.set(room, counts);
    }
    return byRoom;
  }

  #verdict(sentIn: (room: number) => readonly number[]): TrafficVerdict {
    let faults: Faults = { ...noFaults, closed: this.#crowd.traffic.closed };
    const orders: OrderCount[] = [];
    for (const [index, { check, room }] of this.#receivers.entries()) {
      const own = check.faults(sentIn(room));
      faults = addFaults(faults, own);
      const connection = this.#crowd.connections[index];
      if (connection === undefined || this.#lacksOwnLines(connection) || hasFaults(own)) continue;
      orders.push({ room, hash: check.orderHash, receivers: 1 });
    }
    return { faults, orders };
  }
}
