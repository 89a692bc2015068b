import { setImmediate } from 'node:timers/promises';
import { type ActorSystem, type Report, startSystem } from '@chat-server/supervision';
import { AccountKeeper } from '../accounts/account-keeper';
import { ScryptPasswords } from '../accounts/scrypt-passwords';
import type { Registration } from '../domain/accounts';
import { Directory } from '../domain/directory';
import { FloodControl, type FloodOptions } from '../domain/flood-control';
import { defaultLimits, type Limits } from '../domain/limits';
import type { HttpSide } from '../http/http-side';
import { Readiness } from '../http/readiness';
import { noMetrics } from '../metrics/metrics';
import { ModerationKeeper } from '../moderation/moderation-keeper';
import { OperatorKeeper } from '../moderation/operator-keeper';
import type { Observer } from '../observer/observer';
import { NodeIdentity } from '../domain/node-identity';
import { SanctionTable } from '../domain/sanction-table';
import { ManualClock } from '../manual-clock.suite';
import { MemoryStore } from '../store/memory-store';
import { StoredAccounts } from '../store/account-catalogue';
import { StoredRooms } from '../store/room-catalogue';
import type { ServiceManager } from '../systemd/service-manager';
import { UnreliableStore } from '../store/unreliable-store.suite';
import { FakePeer } from '../transports/fake-peer.suite';
import type { OpenTransport, Transport, TransportListener } from '../transports/transport';
import type { WhereIs } from './departure';
import { Announcer } from './announcer';
import { ModerationRecords } from './moderation-records';
import { FanOutLoad } from './fan-out-load';
import { Returns } from './returns';
import { SeatTable } from './seat';
import { SessionTable } from './session-table';
import type { Services } from './services';
import { chatTree } from './tree';

export interface ChatOptions {
  /** Ways to connect beside the one that people use here. */
  readonly moreTransports?: readonly Transport[];
  readonly limits?: Partial<Limits>;
  readonly motd?: readonly string[];
  readonly registration?: Registration;
  /** Off where not given: tests type faster than people do. */
  readonly flood?: FloodOptions;
  /** Another node on the same store, which this one shares time with. */
  readonly beside?: Chat;
  readonly http?: HttpSide;
  readonly observer?: Observer;
  readonly manager?: ServiceManager;
}

/** Real ones, of a cost that tests can pay. */
const cheapPasswords = new ScryptPasswords({ cost: 16, blockSize: 1, parallelization: 1 });
const systems = new Set<ActorSystem>();
let nodes = 0;

afterEach(async () => {
  await Promise.all(Array.from(systems, (system) => system.stop()));
  systems.clear();
});

/** A few turns of the event loop, in which happens what is to happen at once. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await setImmediate();
}

/** A transport that people reach without a network. */
class FakeTransport implements Transport {
  readonly name = 'fake';
  listener: TransportListener | undefined;
  isOpen = false;

  /** Remote ends that do not answer what they are sent. */
  readonly unanswered = new Set<string>();
  readonly gone = new Set<string>();

  close(): void {
    this.isOpen = false;
  }

  open(listener: TransportListener): Promise<OpenTransport> {
    this.listener = listener;
    this.isOpen = true;
    return Promise.resolve({
      port: 1,
      probe: (unread) => {
        const gone = new Set([...unread].filter((end) => this.gone.has(end)));
        return Promise.resolve({ unanswered: this.unanswered, gone });
      },
      release: () => void (this.listener = undefined),
    });
  }
}

/** Someone at a terminal. */
export class Person {
  readonly peer: FakePeer;

  constructor(
    readonly name: string,
    address?: string,
  ) {
    this.peer = new FakePeer(name, address);
  }

  get unread(): string {
    return this.peer.transcript.unread;
  }

  types(...lines: readonly string[]): void {
    this.peer.types(...lines);
  }

  sees(...lines: readonly string[]): Promise<void> {
    return this.peer.transcript.sees(...lines);
  }

  reads(text: string): Promise<void> {
    return this.peer.transcript.reads(text);
  }

  /** Types a line, and expects these as the next ones. */
  async does(line: string, ...lines: readonly string[]): Promise<void> {
    this.types(line);
    await this.sees(...lines);
  }

  /** All that is read until the connection is closed. */
  untilClosed(): Promise<string[]> {
    return this.peer.transcript.toTheEnd();
  }
}

/** The whole tree of the server, with time, store and people under control. */
export class Chat {
  readonly clock: ManualClock;
  readonly memory: MemoryStore;
  readonly store: UnreliableStore;
  readonly transport = new FakeTransport();
  readonly reports: Report[] = [];
  readonly records: { readonly message: string; readonly fields: object }[] = [];
  readonly services: Services;
  #system: ActorSystem | undefined;

  private constructor({
    limits = {},
    motd = [],
    registration = 'open',
    flood,
    beside,
  }: ChatOptions) {
    this.clock = beside?.clock ?? new ManualClock();
    this.memory = beside?.memory ?? new MemoryStore(this.clock, 1_000);
    this.store = new UnreliableStore(this.memory);
    const identity = new NodeIdentity(`n${++nodes}`);
    const directory = new Directory();
    const all = { ...defaultLimits, ...limits };
    const note = (fields: object, message: string): void =>
      void this.records.push({ message, fields });
    const log = { debug: note, info: note, warn: note, error: note, fatal: note };
    const { store } = this;
    const now = (): number => this.clock.now();
    const accounts = new AccountKeeper(
      new StoredAccounts(store),
      cheapPasswords,
      this.clock,
      registration,
    );
    const records = new ModerationRecords(store, log);
    const moderation = new ModerationKeeper(store, records);
    this.services = {
      identity,
      store,
      accounts,
      catalogue: new StoredRooms(this.store, this.clock, all.historyLinesMax),
      directory,
      announcer: new Announcer(identity, directory, this.store),
      sessions: new SessionTable(),
      seats: new SeatTable(60_000),
      returns: new Returns(store, now),
      records,
      moderation,
      operators: new OperatorKeeper({ store, accounts, moderation, records, now }),
      sanctions: new SanctionTable(),
      inbox: { readUpTo: 0 },
      load: new FanOutLoad(),
      flood: new FloodControl(all, flood ?? { isOn: false }),
      readiness: new Readiness(),
      metrics: noMetrics,
      limits: all,
      decoding: { lineBytesMax: all.lineBytesMax },
      faultInjection: true,
      motd,
      log,
    };
  }

  static async start(options: ChatOptions = {}): Promise<Chat> {
    const chat = new Chat(options);
    const whereIs: WhereIs = (name) => chat.#system?.whereIs(name);
    const transports = [chat.transport, ...(options.moreTransports ?? [])];
    const tree = chatTree(chat.services, transports, whereIs, options);
    const reports = (report: Report): void => void chat.reports.push(report);
    const started = await startSystem(tree, { name: 'chat', reports, clock: chat.clock });
    if (!started.ok) throw started.error;
    systems.add(started.system);
    chat.#system = started.system;
    return chat;
  }

  get system(): ActorSystem {
    if (this.#system === undefined) throw new Error('not started');
    return this.#system;
  }

  /** Someone connects, and says nothing yet. */
  connects(name: string, address?: string): Person {
    const person = new Person(name, address);
    this.transport.listener?.onPeer(person.peer);
    return person;
  }

  async login(name: string): Promise<Person> {
    const person = this.connects(name);
    await person.reads('Login:');
    await person.does(name, `Welcome, ${name}.`, 'Type /help to see available commands.');
    return person;
  }

  /** People in a room, the first of whom made it; they have read who came. */
  async gather(room: string, ...names: readonly string[]): Promise<Person[]> {
    const members: Person[] = [];
    for (const name of names) {
      const person = await this.login(name);
      if (members.length === 0) await person.does(`/create ${room}`, `Room ${room} created.`);
      members.push(person);
      person.types(`/join ${room}`);
      for (const member of members) await member.sees(`[*]: User ${name} joined ${room}.`);
    }
    return members;
  }

  /** Lets time pass in small steps, so that in each of them happens what is to happen. */
  async passes(ms: number, meanwhile = (): void => undefined): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += 100) {
      this.clock.advance(100);
      meanwhile();
      await turns();
    }
  }

  /** What was crashed, by path. */
  get crashes(): readonly string[] {
    return this.reports.flatMap((report) => (report.report === 'crash' ? [report.path] : []));
  }
}
