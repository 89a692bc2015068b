import { Actor, type Overseer, type StartOutcome } from './actor';
import { isShutdownError, offenderOf, reportChild, stopActor } from './child';
import { type ChildSpec, fullSpec, type FullChildSpec } from './child-spec';
import type { ExitReason } from './exit-reason';
import type { SupervisorReport } from './reports';
import type { ChildCounts, ChildInfo, SupervisorMessage } from './supervisor-message';

/**
 * Where a child is in its supervisor's eyes. `ended`: by itself, and not looked at yet.
 * `restarting`: it is to come back. `stopped`: not by itself; its spec is kept.
 */
type ChildState = 'starting' | 'running' | 'ended' | 'restarting' | 'stopping' | 'stopped';

export interface Child {
  readonly spec: FullChildSpec;
  actor: Actor;
  state: ChildState;
  /** Its stop that is under way, for all who wait for it. */
  stopping?: Promise<void> | undefined;
}

/** The children of a static supervisor in start order, and how one of them starts and stops. */
export class Children {
  /** Nothing is started any more. */
  closing = false;
  readonly #byId = new Map<string, Child>();

  constructor(
    private readonly self: Actor<SupervisorMessage>,
    private readonly overseer: Overseer,
  ) {}

  get(id: string): Child | undefined {
    return this.#byId.get(id);
  }

  all(): readonly Child[] {
    return [...this.#byId.values()];
  }

  ids(): readonly string[] {
    return [...this.#byId.keys()];
  }

  /** The child that actor is, unless it has been dropped or renewed. */
  of(actor: Actor): Child | undefined {
    const child = this.#byId.get(actor.childId);
    return child?.actor === actor ? child : undefined;
  }

  add(spec: ChildSpec): Child {
    const child: Child = { spec: fullSpec(spec), actor: this.#actorFor(spec), state: 'stopped' };
    this.#byId.set(spec.id, child);
    return child;
  }

  drop(child: Child): void {
    if (this.#byId.get(child.spec.id) === child) this.#byId.delete(child.spec.id);
    child.actor.discard();
  }

  async start(child: Child): Promise<StartOutcome> {
    // A reference that is gone stays gone: a child that was stopped for good gets a new one.
    if (child.actor.status === 'ended') child.actor = this.#actorFor(child.spec);
    child.state = 'starting';
    const outcome = await child.actor.start();
    switch (outcome.kind) {
      case 'started':
        if (child.state === 'starting') child.state = 'running';
        this.self.services.report({
          report: 'progress',
          supervisor: this.self.path,
          started: offenderOf(child.actor, child.spec.id, child.spec),
        });
        break;
      case 'ignored':
        child.state = 'stopped';
        if (child.spec.restart === 'temporary') this.drop(child);
        else child.actor.discard();
        break;
      case 'failed':
        child.state = 'stopped';
        this.report('start_error', outcome.reason, child);
    }
    return outcome;
  }

  /** Resolves when it has ended; at once when it does not run. */
  async stop(child: Child): Promise<void> {
    if (child.actor.isVacant) {
      if (child.state === 'ended') this.#reportStop(child, child.actor.lastReason);
      child.state = 'stopped';
      return;
    }
    child.state = 'stopping';
    child.stopping ??= stopActor(child.actor, child.spec.shutdown).then((reason) => {
      child.stopping = undefined;
      child.state = 'stopped';
      this.#reportStop(child, reason);
    });
    await child.stopping;
  }

  /** In reverse order, each waited for as its spec says, and for good. */
  async stopAll(): Promise<void> {
    this.closing = true;
    for (const child of this.all().toReversed()) {
      await this.stop(child);
      child.actor.discard();
    }
  }

  killAll(): void {
    this.closing = true;
    for (const { actor } of this.all().toReversed()) {
      actor.kill();
      actor.discard();
    }
  }

  which(): readonly ChildInfo[] {
    return this.all().map(({ spec, actor, state }) => ({
      id: spec.id,
      ref: refIn(state, actor),
      kind: actor.kind,
      restart: spec.restart,
    }));
  }

  count(): ChildCounts {
    const children = this.all();
    const supervisors = children.filter(({ actor }) => actor.kind === 'supervisor').length;
    return {
      specs: children.length,
      active: children.filter(({ state }) => state === 'running').length,
      supervisors,
      workers: children.length - supervisors,
    };
  }

  report(context: SupervisorReport['errorContext'], reason: ExitReason, child: Child): void {
    const offender = offenderOf(child.actor, child.spec.id, child.spec);
    reportChild(this.self.services, this.self.path, context, reason, offender);
  }

  #actorFor({ id, start }: ChildSpec): Actor {
    return new Actor(this.self.services, this.overseer, id, start);
  }

  #reportStop(child: Child, reason: ExitReason | undefined): void {
    if (reason !== undefined && isShutdownError(reason, child.spec)) {
      this.report('shutdown_error', reason, child);
    }
  }
}

function refIn(state: ChildState, actor: Actor): ChildInfo['ref'] {
  switch (state) {
    case 'running':
      return actor;
    case 'ended':
    case 'restarting':
      return 'restarting';
    case 'starting':
    case 'stopping':
    case 'stopped':
      return undefined;
  }
}
