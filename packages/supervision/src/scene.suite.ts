import { setImmediate } from 'node:timers/promises';
import type { Actor } from './actor';
import {
  actorName,
  type ActorName,
  type ActorRef,
  type Down,
  type MonitorUntil,
} from './actor-ref';
import { ask, type Reply } from './ask';
import type { Behaviour, Ignore } from './behaviour';
import type { StartChildResult } from './child';
import type { AnyActorSpec, ChildSpec, Shutdown } from './child-spec';
import type { DynamicFlags } from './dynamic-supervision';
import {
  dynamicSupervisor,
  type DynamicSupervisorMessage,
  startDynamicChild,
} from './dynamic-supervisor';
import { type ExitReason, StartError } from './exit-reason';
import { ManualClock } from './manual-clock.suite';
import type { ProgressReport, Report, SupervisorReport } from './reports';
import { supervisor } from './supervisor';
import type { SupervisorFlags, SupervisorRequest } from './supervisor-message';
import { type ActorSystem, startSystem } from './system';
import type { TreeNode } from './tree';
import { worker } from './worker';

/** What a probe is told to do. */
export type ProbeMessage =
  | { readonly do: 'crash' }
  | { readonly do: 'stop'; readonly reason: ExitReason }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'ping'; readonly reply: Reply<number> };

export interface ProbeOptions {
  /** Called at each start with the incarnation; may throw, wait or ignore. */
  readonly init?: (incarnation: number) => void | Ignore | Promise<void>;
  readonly terminate?: (reason: ExitReason) => void | Promise<void>;
}

interface ProbeArgs extends ProbeOptions {
  readonly id: string;
  readonly journal: string[];
  readonly born?: (self: ActorRef<ProbeMessage>) => void;
}

interface ProbeState extends ProbeArgs {
  readonly incarnation: number;
}

/** Writes its starts (`+id`), ends (`-id`) and notes into the journal, and ends as it is told. */
const behaviour: Behaviour<ProbeArgs, ProbeState, ProbeMessage> = {
  init(args, { incarnation, self }) {
    args.born?.(self);
    const state = { ...args, incarnation };
    const early = args.init?.(incarnation);
    if (typeof early === 'symbol') return early;
    if (early) return early.then(() => begun(state));
    return begun(state);
  },
  receive(state, message, context) {
    switch (message.do) {
      case 'crash':
        throw new Error(`${state.id} crashed`);
      case 'stop':
        context.stop(message.reason);
        return state;
      case 'note':
        state.journal.push(message.text);
        return state;
      case 'ping':
        message.reply.send(state.incarnation);
        return state;
    }
  },
  terminate(state, reason) {
    state.journal.push(`-${state.id}`);
    return state.terminate?.(reason);
  },
};

function begun<State extends ProbeArgs>(state: State): State {
  state.journal.push(`+${state.id}`);
  return state;
}

export const crash: ProbeMessage = { do: 'crash' };
export const stopWith = (reason: ExitReason): ProbeMessage => ({ do: 'stop', reason });
export const note = (text: string): ProbeMessage => ({ do: 'note', text });

/** An `init` that works the first time only. */
export function onlyOnce(incarnation: number): void {
  if (incarnation > 1) throw new StartError('not again');
}

/** Fails at the starts that are named. */
export function failsAt(...starts: readonly number[]): { readonly init: () => void } {
  let start = 0;
  return {
    init() {
      if (starts.includes(++start)) throw new StartError(`start ${start}`);
    },
  };
}

/** A promise that is never settled. */
export const never: Promise<never> = Promise.withResolvers<never>().promise;

/** Lets what is under way come to rest: all that is asynchronous in here are turns of the loop. */
export async function quiet(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
}

/** The next end of an actor, or of its reference. */
export function down(ref: ActorRef<never>, until: MonitorUntil = 'end'): Promise<Down> {
  return new Promise((resolve) => (ref as Actor<never>).watch(resolve, until));
}

/** Which incarnation answers, or why none does. */
export async function incarnationOf(ref: ActorRef<ProbeMessage>): Promise<number | string> {
  const answer = await ask(
    ref,
    (reply: Reply<number>): ProbeMessage => ({ do: 'ping', reply }),
    Infinity,
  );
  return answer.ok ? answer.value : answer.reason;
}

type Match<Kind extends Report> = (report: Report) => report is Kind;

export function supervisorReport(
  errorContext: SupervisorReport['errorContext'],
  id?: string,
): Match<SupervisorReport> {
  return (report): report is SupervisorReport =>
    report.report === 'supervisor' &&
    report.errorContext === errorContext &&
    (id === undefined || report.offender.id === id);
}

/** All reports of a system, and waiting for them. */
class Reports {
  readonly all: Report[] = [];
  #waiting: (() => void)[] = [];

  readonly sink = (report: Report): void => {
    this.all.push(report);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  };

  of<Kind extends Report>(match: Match<Kind>): readonly Kind[] {
    return this.all.filter(match);
  }

  /** Errors in order, as `child_terminated a`. */
  get errors(): readonly string[] {
    return this.all.flatMap((report) =>
      report.report === 'supervisor' ? [`${report.errorContext} ${report.offender.id}`] : [],
    );
  }

  get crashes(): readonly string[] {
    return this.all.flatMap((report) =>
      report.report === 'crash' ? [`${report.path} ${report.during}`] : [],
    );
  }

  /** The first `count` that match, past or to come. */
  async until<Kind extends Report>(match: Match<Kind>, count = 1): Promise<readonly Kind[]> {
    for (;;) {
      const found = this.of(match);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Waits until that child has been started for the `times`-th time. */
  async started(id: string, times = 1): Promise<void> {
    await this.until(
      (report): report is ProgressReport =>
        report.report === 'progress' && report.started.id === id,
      times,
    );
  }
}

const scenes = new Set<ActorSystem>();

/** A system to be tried out: with a clock that stands, and everything it says and does on record. */
export class Scene {
  readonly clock = new ManualClock();
  readonly reports = new Reports();
  readonly journal: string[] = [];
  random = 0;
  batchMax: number | undefined;
  readonly #born = new Map<string, ActorRef<ProbeMessage>>();
  #system: ActorSystem | undefined;

  /** A child that does what the tests tell it, named after its id. */
  probe(
    id: string,
    options: Partial<ChildSpec> & ProbeOptions & { mailboxMax?: number } = {},
  ): ChildSpec {
    const { init, terminate, mailboxMax = Infinity, ...spec } = options;
    return {
      id,
      start: this.probeStart(
        id,
        { ...(init && { init }), ...(terminate && { terminate }) },
        mailboxMax,
      ),
      ...spec,
    };
  }

  probeStart(id: string, options: ProbeOptions = {}, mailboxMax = Infinity): AnyActorSpec {
    const name = actorName<ProbeMessage>(id);
    const born = (self: ActorRef<ProbeMessage>): void => void this.#born.set(id, self);
    return worker(behaviour, { id, journal: this.journal, born, ...options }, { name, mailboxMax });
  }

  tryStart(root: AnyActorSpec): ReturnType<typeof startSystem> {
    return startSystem(root, {
      name: 'top',
      reports: this.reports.sink,
      clock: this.clock,
      random: () => this.random,
      ...(this.batchMax !== undefined && { batchMax: this.batchMax }),
    });
  }

  async start(root: AnyActorSpec): Promise<ActorSystem> {
    const started = await this.tryStart(root);
    if (!started.ok) throw started.error;
    this.#system = started.system;
    scenes.add(started.system);
    return started.system;
  }

  /** Starts a supervisor as the root; answers its address. */
  async supervise(
    flags: SupervisorFlags | (() => SupervisorFlags | Ignore),
  ): Promise<ActorRef<SupervisorRequest>> {
    await this.start(supervisor(flags, rootName));
    return this.at(rootName);
  }

  /** Starts a dynamic supervisor of probes as the child `kin` of the root. */
  async superviseKin(
    flags: Omit<KinFlags, 'child'> & { readonly child?: Partial<KinFlags['child']> } = {},
    above: Partial<SupervisorFlags> = {},
    spec: Partial<ChildSpec> = {},
  ): Promise<Kin> {
    const child = { behaviour, idPrefix: 'k', ...flags.child };
    const start = dynamicSupervisor({ ...flags, child }, kinName);
    await this.supervise({ ...above, children: [{ id: 'kin', start, ...spec }] });
    return this.at(kinName);
  }

  /** Starts one child of a dynamic supervisor. */
  async kin(target: Kin, id: string, options: ProbeOptions = {}): Promise<ActorRef<ProbeMessage>> {
    const started = await this.tryKin(target, id, options);
    if (!started.ok) throw new Error(started.reason);
    return started.ref;
  }

  tryKin(
    target: Kin,
    id: string,
    options: ProbeOptions = {},
  ): Promise<StartChildResult<ProbeMessage>> {
    const born = (self: ActorRef<ProbeMessage>): void => void this.#born.set(id, self);
    return startDynamicChild(target, { id, journal: this.journal, born, ...options }, id);
  }

  /** Runs one actor as the child `it`; it may be started again as often as it likes. */
  async run<Args, State, Message>(
    it: Behaviour<Args, State, Message>,
    args: Args,
    options: { readonly mailboxMax?: number; readonly shutdown?: Shutdown } = {},
  ): Promise<ActorRef<Message>> {
    const { shutdown: within = 5_000, ...rest } = options;
    const name = actorName<Message>('it');
    const intensity = { restartsMax: Infinity, periodMs: 5_000 };
    const start = worker(it, args, { ...rest, name });
    await this.supervise({ intensity, children: [{ id: 'it', start, shutdown: within }] });
    return this.at(name);
  }

  get system(): ActorSystem {
    if (this.#system === undefined) throw new Error('not started');
    return this.#system;
  }

  at<Message>(name: ActorName<Message>): ActorRef<Message> {
    const ref = this.system.whereIs(name);
    if (ref === undefined) throw new Error(`no ${name.name}`);
    return ref;
  }

  /** A probe that may still be starting. */
  early(id: string): ActorRef<ProbeMessage> {
    const ref = this.#born.get(id);
    if (ref === undefined) throw new Error(`no ${id}`);
    return ref;
  }

  ref(id: string): ActorRef<ProbeMessage> {
    return this.at(actorName<ProbeMessage>(id));
  }

  /** All that has happened since the last time asked. */
  happened(): readonly string[] {
    return this.journal.splice(0);
  }

  /** Crashes a child and waits for its `times`-th start. */
  async crash(id: string, times = 2): Promise<void> {
    this.ref(id).send(crash);
    await this.reports.started(id, times);
  }

  node(path: string): TreeNode | undefined {
    const find = (node: TreeNode): TreeNode | undefined =>
      node.path === path ? node : node.children.map(find).find((found) => found !== undefined);
    return find(this.system.tree());
  }
}

type KinFlags = DynamicFlags<ProbeArgs, ProbeState, ProbeMessage>;
/** A dynamic supervisor of probes. */
export type Kin = ActorRef<DynamicSupervisorMessage<ProbeArgs, ProbeMessage>>;
export const kinName = actorName<DynamicSupervisorMessage<ProbeArgs, ProbeMessage>>('kin');
const rootName = actorName<SupervisorRequest>('root');

afterEach(async () => {
  for (const system of scenes) await system.stop();
  scenes.clear();
});
