import { ChatTraffic, type SentCount, type TrafficVerdict } from './chat-traffic';
import { Crowd, type LoginFigures } from './crowd';
import { FaultTraffic, type FaultVerdict, type ReturnFigures } from './fault-traffic';
import { flood } from './flood';
import type { Gauge, MeasuredWindow } from './gauge';
import { joinAtOnce, type JoinFigures } from './join-storm';
import type { Part, TrafficPlan } from './traffic-plan';
import type { Target } from './user-connection';

/**
 * What a load generator does on request, one thing after the other. All arguments and results may
 * be sent between processes; several generators share one plan, each playing its part of the users.
 */
export interface GeneratorCalls {
  /** Logs in this part's users, at the `targets` in turn. */
  logIn(plan: TrafficPlan, targets: readonly Target[], part: Part): Promise<LoginFigures>;
  /** Creates the rooms whose first member is of this part. */
  createRooms(): Promise<void>;
  /** Has this part's users join their rooms; all rooms must exist. */
  joinRooms(): Promise<void>;
  /** Has this part's users, who are in no room, enter so many lines. */
  enterLines(lines: number): Promise<void>;
  /** Has those of this part who have a terminal and do not write type half a line. */
  typeAhead(): Promise<void>;
  /** Has this part's users join in the same moment; the plan must have one room and one part. */
  joinAtOnce(): Promise<JoinFigures>;
  /** Adds a member to the first room, who is not counted; returns its number. */
  addBystander(): Promise<number>;
  /** Has a bystander send a line, and wait for one that contains `answer` if there is one. */
  bystanderSays(bystander: number, line: string, answer?: string): Promise<void>;
  /** Has a bystander stop reading. */
  stopReading(bystander: number): Promise<void>;
  /** Has the writers send at least so many bytes of long lines that are not counted. */
  flood(bytes: number): Promise<void>;
  /** Begins to send numbered lines. */
  start(): Promise<void>;
  /** Opens the measured window. */
  openWindow(): Promise<void>;
  /** Closes the measured window. */
  closeWindow(): Promise<MeasuredWindow>;
  /** Stops sending. */
  stop(): Promise<SentCount[]>;
  /** Waits for what is on its way, and tells what is wrong. */
  settle(sent: readonly SentCount[]): Promise<TrafficVerdict>;

  /**
   * Has the lines that are sent from now on be checked as is right where servers are killed or cut
   * off; the plan must have one room and one part, and a fixed rate.
   */
  expectFaults(): Promise<void>;
  /** A server is about to be killed, which is the node with this number, from 0. */
  expectKill(node: number): Promise<void>;
  /** Has its users come back to the server that was started in its place. */
  comeBack(node: number, target: Target): Promise<ReturnFigures>;
  /**
   * Stops sending, waits for what is on its way, and tells what became of all lines; on request,
   * also of what /history has of them.
   */
  judge(readsHistory: boolean): Promise<FaultVerdict>;
}

const quietMs = 3_000;

/** A load generator in this process. */
export class Generator implements GeneratorCalls {
  #crowd: Crowd | undefined;
  #traffic: ChatTraffic | undefined;
  #faults: FaultTraffic | undefined;
  #part: Part = { index: 0, of: 1 };
  readonly #giveUpMs: number;

  /** `giveUpMs`: how long to wait at the end for lines when none arrives any more. */
  constructor(giveUpMs = 10_000) {
    this.#giveUpMs = giveUpMs;
  }

  get #people(): Crowd {
    if (this.#crowd === undefined) throw new Error('Nobody is logged in.');
    return this.#crowd;
  }

  get #chat(): ChatTraffic {
    this.#traffic ??= new ChatTraffic(this.#people, this.#giveUpMs);
    return this.#traffic;
  }

  get #underFaults(): FaultTraffic {
    if (this.#faults === undefined) throw new Error('No faults are expected.');
    return this.#faults;
  }

  get #gauge(): Gauge {
    return (this.#faults ?? this.#chat).gauge;
  }

  logIn(plan: TrafficPlan, targets: readonly Target[], part: Part): Promise<LoginFigures> {
    this.#part = part;
    this.#crowd = new Crowd(plan, targets, part);
    return this.#crowd.logIn();
  }

  createRooms(): Promise<void> {
    return this.#people.createRooms();
  }

  joinRooms(): Promise<void> {
    return this.#people.joinRooms();
  }

  enterLines(lines: number): Promise<void> {
    return this.#people.enterLines(lines);
  }

  typeAhead(): Promise<void> {
    return this.#people.typeAhead();
  }

  joinAtOnce(): Promise<JoinFigures> {
    return joinAtOnce(this.#people);
  }

  async addBystander(): Promise<number> {
    await this.#people.addBystander();
    return this.#people.bystanders.length - 1;
  }

  async bystanderSays(bystander: number, line: string, answer?: string): Promise<void> {
    const connection = this.#people.bystanders[bystander];
    if (answer === undefined) connection?.send(Buffer.from(`${line}\n`));
    else await connection?.ask(line, answer);
  }

  async stopReading(bystander: number): Promise<void> {
    this.#people.bystanders[bystander]?.stopReading();
  }

  flood(bytes: number): Promise<void> {
    return flood(this.#people, bytes);
  }

  async start(): Promise<void> {
    if (this.#faults !== undefined) this.#faults.start();
    else this.#chat.start(1 / this.#part.of);
  }

  async openWindow(): Promise<void> {
    this.#gauge.open(this.#people.pids);
  }

  async closeWindow(): Promise<MeasuredWindow> {
    return this.#gauge.close(this.#people.pids);
  }

  async stop(): Promise<SentCount[]> {
    return this.#chat.stop();
  }

  settle(sent: readonly SentCount[]): Promise<TrafficVerdict> {
    return this.#chat.settle(sent);
  }

  async expectFaults(): Promise<void> {
    this.#faults = new FaultTraffic(this.#people, quietMs);
  }

  async expectKill(node: number): Promise<void> {
    this.#underFaults.expectKill(node);
  }

  comeBack(node: number, target: Target): Promise<ReturnFigures> {
    return this.#underFaults.comeBack(node, target);
  }

  judge(readsHistory: boolean): Promise<FaultVerdict> {
    return this.#underFaults.judge(readsHistory);
  }

  /** Closes all connections. */
  end(): void {
    this.#crowd?.end();
  }
}
