import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '@chat-server/protocol';
import { noFaults, type Faults } from '../checking/faults';
import { checkHistory, type HistoryCheck } from '../checking/history-check';
import { OrderFollower } from '../checking/order-follower';
import { OrderLog, sequenceOfKey, slotOfKey } from '../checking/order-log';
import { accountOf, type WriterAccount } from '../checking/writer-account';
import { roomName, userName } from '../wire/counted-line';
import { monotonicUs } from '../wire/monotonic-clock';
import type { Crowd } from './crowd';
import { FaultReceiver } from './fault-receiver';
import { writeAtFixedRate } from './fixed-rate';
import { forEachLimited } from './for-each-limited';
import { Gauge } from './gauge';
import { Member } from './member';
import { readHistory } from './read-history';
import { usersOf } from './traffic-plan';
import type { Target } from './user-connection';

/** What became of all lines. */
export interface FaultVerdict {
  readonly faults: Faults;
  readonly accepted: number;
  readonly refused: number;
  /** Lines that went to a node just before it was killed, and that nobody saw. */
  readonly goneWithNode: number;
  /** Members that were told that the log was cut short. */
  readonly told: number;
  /** Lines that some of them never saw there. */
  readonly unseenBySome: number;
  /** Lines that none of them saw. */
  readonly unseenByAll: number;
  /** Lines that members saw, and that history lacks; 0 if it was not read. */
  readonly cutFromHistory: number;
}

/** How long users of a killed node took to be in the room again. */
export interface ReturnFigures {
  readonly newNameSeconds: number;
  readonly sameNameSeconds: number;
}

const soundHistory: HistoryCheck = { missing: [], duplicated: 0, reordered: 0 };
const room = roomName(0);
const newNamesAtOnceMax = 50;
const pollMs = 50;

/**
 * Numbered lines at a fixed rate in the one room of a crowd, while connections are cut, and nodes or
 * the store killed; and the check of every line. All users are in this process, so that the order
 * that one sees is compared with that of all others, line for line.
 */
export class FaultTraffic {
  readonly gauge = new Gauge();
  readonly #crowd: Crowd;
  readonly #quietMs: number;
  readonly #log = new OrderLog();
  readonly #receivers: FaultReceiver[] = [];
  readonly #members: readonly Member[];
  #stopRate: (() => void) | undefined;
  #isOver = false;
  #names: number;

  /** Everything has arrived when nothing has for `quietMs`. */
  constructor(crowd: Crowd, quietMs: number) {
    this.#crowd = crowd;
    this.#quietMs = quietMs;
    this.#names = usersOf(crowd.plan);
    this.#members = crowd.connections.map((connection) => {
      const isWriter = connection.user < crowd.plan.writersPerRoom;
      return new Member(connection, isWriter, crowd.plan);
    });
    for (const member of this.#members) this.#listen(member, false);
  }

  #listen(member: Member, joinsLate: boolean): FaultReceiver {
    const { connection, writer } = member;
    const own = writer === undefined ? {} : { ownSlot: writer.user };
    const follower = new OrderFollower(this.#log, { ...own, joinsLate });
    const receiver = new FaultReceiver(follower, member, this.gauge);
    this.#receivers.push(receiver);
    connection.receiver = receiver;
    connection.onClosed = () => {
      receiver.isGone = true;
      member.left();
    };
    return receiver;
  }

  /** Begins to write. */
  start(): void {
    const { pace } = this.#crowd.plan;
    if (pace.kind !== 'fixed-rate') throw new Error('Faults are tried at a fixed rate.');
    this.#stopRate = writeAtFixedRate(this.#writers, pace.linesPerSecond);
  }

  get #writers(): Member[] {
    return this.#members.filter(({ writer }) => writer !== undefined);
  }

  #membersOf(node: number): Member[] {
    return this.#members.filter(({ user }) => this.#crowd.nodeOf(user) === node);
  }

  /** That the users of a node are disconnected is no fault from now on. */
  expectKill(node: number): void {
    for (const { connection } of this.#membersOf(node)) connection.expectClose();
  }

  /**
   * Has the users of a node that was killed come back to `target`. Every second one that does not
   * write takes a new name, the others wait until theirs is free. Resolves when all are in the room.
   */
  async comeBack(node: number, target: Target): Promise<ReturnFigures> {
    const members = this.#membersOf(node);
    const renamed = members.filter(({ writer }, index) => writer === undefined && index % 2 === 1);
    for (const member of renamed) member.rename(this.#names++, this.#crowd.traffic);
    const others = members.filter((member) => !renamed.includes(member));
    const [newNameSeconds, sameNameSeconds] = await Promise.all([
      this.#bringBack(renamed, target, newNamesAtOnceMax),
      // These wait for a long time, and must not wait for each other.
      this.#bringBack(others, target, others.length),
    ]);
    return { newNameSeconds, sameNameSeconds };
  }

  async #bringBack(members: readonly Member[], target: Target, limit: number): Promise<number> {
    const startMs = performance.now();
    const rejoin = (member: Member): Promise<boolean> => this.#rejoin(member);
    await forEachLimited(members, limit, (member) =>
      member.comeBack(target, rejoin, () => this.#isOver),
    );
    return (performance.now() - startMs) / 1000;
  }

  async #rejoin(member: Member): Promise<boolean> {
    const { connection } = member;
    const joined = texts.joined(userName(connection.user), room);
    const refused = [texts.storeAway, texts.tookTooLong, texts.joinFailed(room)];
    const receiver = this.#listen(member, true);
    const answer = await connection.ask(`/join ${room}`, joined, ...refused);
    receiver.isGone = answer !== joined;
    return answer === joined;
  }

  /**
   * Writes nothing more, waits until nothing more arrives, and tells what became of all lines; with
   * `readsHistory`, also of what /history has of them.
   */
  async judge(readsHistory: boolean): Promise<FaultVerdict> {
    this.#stopRate?.();
    await this.#quiet();
    this.#isOver = true;
    const before = this.#log.stretch(this.#lastStretch).keys.length;
    // One more line of everyone must reach everyone, so that who has gone deaf is found out.
    for (const member of this.#writers) member.writeDue(monotonicUs());
    await this.#quiet();
    for (const { follower, isGone } of this.#receivers) follower.settle(!isGone, before);
    return this.#verdict(readsHistory ? await this.#checkHistory() : soundHistory);
  }

  async #checkHistory(): Promise<HistoryCheck> {
    const [target] = this.#crowd.targets;
    if (target === undefined) throw new Error('There is no server.');
    return checkHistory(this.#log.seen(), await readHistory(this.#names++, target));
  }

  /** The stretch of the log that members are in who were told of every cut. */
  get #lastStretch(): number {
    return Math.max(...this.#receivers.map(({ follower }) => follower.stretchIndex));
  }

  async #quiet(): Promise<void> {
    let before = -1;
    let changedMs = performance.now();
    while (performance.now() - changedMs < this.#quietMs) {
      const now = this.gauge.deliveries + this.#refused;
      if (now !== before) changedMs = performance.now();
      before = now;
      await delay(pollMs);
    }
  }

  get #refused(): number {
    return this.#members.reduce((sum, { refused }) => sum + refused, 0);
  }

  #accounts(): WriterAccount[] {
    const seen = Map.groupBy(this.#log.seen(), slotOfKey);
    return this.#writers.map(({ user, writer, refused, closedAt }) =>
      accountOf({
        sent: writer?.sent ?? 0,
        refused,
        killedAt: closedAt,
        seen: new Set((seen.get(user) ?? []).map(sequenceOfKey)),
      }),
    );
  }

  #verdict(history: HistoryCheck): FaultVerdict {
    const accounts = this.#accounts();
    const total = (name: keyof WriterAccount): number =>
      accounts.reduce((sum, account) => sum + account[name], 0);
    const sum = (of: (receiver: FaultReceiver) => number): number =>
      this.#receivers.reduce((all, receiver) => all + of(receiver), 0);
    // Where the store has lost lines, and members were told so, nobody need have seen them.
    const wasCut = this.#lastStretch > 0;
    const unseenBySome = new Set(this.#receivers.flatMap(({ follower }) => follower.cutShort()));
    const unseenByAll = wasCut ? total('lost') : 0;
    // What was kept behind the last cut is kept for good.
    const afterCut = new Set(this.#log.stretch(this.#lastStretch).keys);
    const lostFromHistory = history.missing.filter((key) => afterCut.has(key)).length;
    const untold = this.#receivers.filter(
      ({ isGone, follower }) => !isGone && follower.stretchIndex !== this.#lastStretch,
    ).length;
    return {
      faults: {
        ...noFaults,
        lost: sum(({ follower }) => follower.lost) + total('lost') - unseenByAll + lostFromHistory,
        duplicated: sum(({ follower }) => follower.duplicated) + history.duplicated,
        reordered: sum(({ follower }) => follower.reordered) + untold + history.reordered,
        damaged: sum(({ damagedLines }) => damagedLines) + total('invented'),
        closed: this.#crowd.traffic.closed + sum(({ expelled }) => expelled),
      },
      accepted: total('accepted'),
      refused: this.#refused,
      goneWithNode: total('gone'),
      told: sum(({ isTold }) => (isTold ? 1 : 0)),
      unseenBySome: unseenBySome.size,
      unseenByAll,
      cutFromHistory: history.missing.length - lostFromHistory,
    };
  }
}
