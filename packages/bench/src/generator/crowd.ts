import { texts } from '@chat-server/protocol';
import { readCpuSecondsOfAll } from '../processes/proc-files';
import { LatencyHistogram } from '../statistics/latency-histogram';
import { roomName, userName } from '../wire/counted-line';
import { forEachLimited } from './for-each-limited';
import {
  columnsOf,
  writes,
  usersOf,
  usersOfPart,
  type Part,
  type TrafficPlan,
} from './traffic-plan';
import { Traffic, UserConnection, type Target } from './user-connection';

/** How fast the users of one process were logged in. */
export interface LoginFigures {
  readonly users: number;
  readonly seconds: number;
  readonly serverCpuSeconds: number | undefined;
  /** Counts of a LatencyHistogram: from the connect to the greeting. */
  readonly latencies: Uint32Array;
}

const loginsAtOnceMax = 200;
const joinsAtOnceMax = 200;
const askersAtOnceMax = 200;

/** What people have typed when something arrives. */
const halfTyped = 'this is not yet sent';

/** The users of one generator process: logs them in and brings them into their rooms. */
export class Crowd {
  readonly plan: TrafficPlan;
  readonly targets: readonly Target[];
  readonly traffic = new Traffic();
  readonly connections: readonly UserConnection[];
  readonly bystanders: UserConnection[] = [];

  /** Users connect to `targets` in turn. */
  constructor(plan: TrafficPlan, targets: readonly Target[], part: Part) {
    this.plan = plan;
    this.targets = targets;
    this.connections = usersOfPart(plan, part).map(
      (user) => new UserConnection(user, this.traffic, columnsOf(plan, user)),
    );
  }

  /** The room of a user. */
  roomOf(user: number): number {
    return Math.floor(user / this.plan.membersPerRoom);
  }

  /** Which of the targets a user connects to. */
  nodeOf(user: number): number {
    return user % this.targets.length;
  }

  #targetOf({ user }: UserConnection): Target {
    const target = this.targets[this.nodeOf(user)];
    if (target === undefined) throw new Error('There is no server.');
    return target;
  }

  /** The servers' processes. */
  get pids(): readonly number[] {
    return this.targets.map(({ pid }) => pid);
  }

  /** Logs all in, some at a time. */
  async logIn(): Promise<LoginFigures> {
    const latencies = new LatencyHistogram();
    const cpu = readCpuSecondsOfAll(this.pids);
    const startMs = performance.now();
    await forEachLimited(this.connections, loginsAtOnceMax, async (connection) => {
      const connectMs = performance.now();
      await connection.logIn(this.#targetOf(connection));
      latencies.record((performance.now() - connectMs) * 1000);
    });
    const seconds = (performance.now() - startMs) / 1000;
    const endCpu = readCpuSecondsOfAll(this.pids);
    return {
      users: this.connections.length,
      seconds,
      serverCpuSeconds: cpu === undefined || endCpu === undefined ? undefined : endCpu - cpu,
      latencies: latencies.counts,
    };
  }

  /** Creates the rooms whose first member is here. */
  async createRooms(): Promise<void> {
    const creators = this.connections.filter(({ user }) => user % this.plan.membersPerRoom === 0);
    await forEachLimited(creators, joinsAtOnceMax, async (connection) => {
      const room = roomName(this.roomOf(connection.user));
      await connection.ask(`/create ${room}`, texts.roomCreated(room));
    });
  }

  /** Has all join their rooms, which must all have been created; resolves once things are quiet. */
  async joinRooms(): Promise<void> {
    await forEachLimited(this.connections, joinsAtOnceMax, (connection) => this.join(connection));
    await this.quiet();
  }

  /** Has one user join. */
  async join(connection: UserConnection, room = this.roomOf(connection.user)): Promise<void> {
    const name = roomName(room);
    await connection.ask(`/join ${name}`, texts.joined(userName(connection.user), name));
  }

  /** Has each of them, who are in no room, enter so many lines, each of which is answered. */
  async enterLines(lines: number): Promise<void> {
    await forEachLimited(this.connections, askersAtOnceMax, async (connection) => {
      for (let line = 1; line <= lines; line++) {
        await connection.ask(`line ${line} that someone typed and entered`, texts.notInRoom);
      }
    });
  }

  /**
   * Has those with a terminal type 20 characters and not enter them, but for writers, since it would
   * become part of what they write; resolves once things are quiet.
   */
  async typeAhead(): Promise<void> {
    for (const connection of this.connections) {
      if (!connection.hasTerminal || writes(this.plan, connection.user)) continue;
      connection.send(Buffer.from(halfTyped));
    }
    await this.quiet();
  }

  /** Resolves once nothing has come for a while, or after a time all the same. */
  async quiet(): Promise<void> {
    const quietMs = 100;
    const deadlineMs = performance.now() + 20_000;
    while (performance.now() < deadlineMs) {
      const sinceMs = performance.now() - this.traffic.lastReadMs;
      if (sinceMs >= quietMs) return;
      await new Promise((resolve) => setTimeout(resolve, quietMs - sinceMs + 1));
    }
  }

  /** Adds a member to the first room, whose lines are not counted. */
  async addBystander(): Promise<UserConnection> {
    // Traffic of its own: that the server closes a bystander is no fault.
    const user = usersOf(this.plan) + this.bystanders.length;
    const bystander = new UserConnection(user, new Traffic());
    this.bystanders.push(bystander);
    await bystander.logIn(this.#targetOf(bystander));
    await this.join(bystander, 0);
    return bystander;
  }

  /** Closes all connections. */
  end(): void {
    for (const connection of [...this.connections, ...this.bystanders]) connection.end();
  }
}
