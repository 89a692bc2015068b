import { setTimeout as delay } from 'node:timers/promises';
import type { TrafficPlan } from './traffic-plan';
import { UserConnection, type Target, type Traffic } from './user-connection';
import { Writer } from './writer';

const tryAgainMs = 250;

/** One user of a room whose node may be killed: goes away then, and comes back. */
export class Member {
  /** The user it was first, which tells its node, and its slot if it writes. */
  readonly user: number;
  readonly writer: Writer | undefined;
  connection: UserConnection;
  /** Whether it is in the room. */
  isHere = true;
  /** How often it was told that a line was not sent. */
  refused = 0;
  /** How many lines it had written each time its connection was closed. */
  readonly closedAt: number[] = [];
  #isReturning = false;

  constructor(connection: UserConnection, isWriter: boolean, plan: TrafficPlan) {
    this.user = connection.user;
    this.connection = connection;
    this.writer = isWriter ? new Writer(connection, plan) : undefined;
  }

  /** Writes one line, which was due at `dueUs`, if it is there. */
  writeDue(dueUs: number): void {
    if (this.isHere) this.writer?.writeDue(dueUs);
  }

  /** Its connection was closed. */
  left(): void {
    this.isHere = false;
    this.closedAt.push(this.writer?.sent ?? 0);
  }

  /** Comes as somebody else the next time, unless it is about to come back already. */
  rename(user: number, traffic: Traffic): void {
    if (!this.#isReturning) this.connection = new UserConnection(user, traffic);
  }

  /** Logs in and joins, again and again until it is in the room or `isOver`. */
  async comeBack(
    target: Target,
    join: (member: Member) => Promise<boolean>,
    isOver: () => boolean,
  ): Promise<void> {
    if (this.#isReturning) return;
    this.#isReturning = true;
    while (!this.isHere && !isOver()) {
      this.isHere = await this.#tryToComeBack(target, join);
      if (!this.isHere) await delay(tryAgainMs);
    }
    this.#isReturning = false;
  }

  async #tryToComeBack(
    target: Target,
    join: (member: Member) => Promise<boolean>,
  ): Promise<boolean> {
    try {
      if (!(await this.connection.tryLogIn(target))) return false;
      const isIn = await join(this);
      if (isIn) this.connection.expectClose(false);
      else this.connection.end();
      return isIn;
    } catch {
      // Its node is not there yet, or was killed again.
      return false;
    }
  }
}
