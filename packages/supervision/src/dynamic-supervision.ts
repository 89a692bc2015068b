import { Actor, type Overseer, type StartOutcome, type Supervision } from './actor';
import { type Backoff, backoffMs } from './backoff';
import type { Behaviour } from './behaviour';
import { errorOf, isShutdownError, offenderOf, reportChild, type StartChildResult } from './child';
import {
  type ActorKind,
  type AutoShutdown,
  defaultIntensity,
  defaultShutdownMs,
  faultyIntensity,
  type Intensity,
  type RestartFlags,
  type RestartType,
  type Shutdown,
} from './child-spec';
import { crashed, type ExitReason, shutdown, StartError } from './exit-reason';
import { addRestart } from './intensity';
import type { SupervisorReport } from './reports';
import { isReported, verdictOn } from './restart-verdict';

/** What a dynamic supervisor is told. */
export interface DynamicFlags<Args, State, Message> extends RestartFlags {
  /** What its children have in common. */
  readonly child: {
    readonly behaviour: Behaviour<Args, State, Message>;
    /** How their ids begin. */
    readonly idPrefix: string;
    readonly kind?: ActorKind;
    readonly restart?: RestartType;
    readonly shutdown?: Shutdown;
    readonly significant?: boolean;
    readonly mailboxMax?: number;
  };
  /** More are refused with `max-children`; no limit when not given. */
  readonly childrenMax?: number;
  /**
   * A budget of restarts for each child by itself: one that uses it up is given up and forgotten,
   * and the supervisor's own intensity is not touched. Without it, the restarts of all children
   * count together, as in OTP.
   */
  readonly childIntensity?: Intensity;
  /** Told what a child was started with, when it has used up its budget and is forgotten. */
  readonly onGivenUp?: (args: Args) => void;
  readonly autoShutdown?: AutoShutdown;
}

/** What a dynamic supervisor tells itself of one child; its actor's id, as ids are used again. */
export interface DynamicMessage {
  readonly dynamic: 'restart' | 'start-again';
  readonly id: string;
  readonly actorId: number;
}

interface Child {
  readonly id: string;
  readonly actor: Actor;
  readonly args: unknown;
  restartsAtMs: readonly number[];
  /** Its termination that is under way, for all who wait for it. */
  stopping?: Promise<void>;
}

const none: readonly number[] = [];

/** The children of one dynamic supervisor, over one of its incarnations. */
export class DynamicSupervision implements Supervision, Overseer {
  readonly #children = new Map<string, Child>();
  readonly #restart: RestartType;
  readonly #shutdown: Shutdown;
  #restartsAtMs = none;
  #started = 0;
  #stopping = false;

  constructor(
    private readonly self: Actor<DynamicMessage>,
    private readonly flags: DynamicFlags<unknown, unknown, unknown>,
  ) {
    const fault = faultyFlags(flags);
    if (fault !== undefined) throw new StartError(fault);
    this.#restart = flags.child.restart ?? 'permanent';
    this.#shutdown =
      flags.child.shutdown ?? (flags.child.kind === 'supervisor' ? 'infinity' : defaultShutdownMs);
    self.supervision = this;
  }

  get path(): string {
    return this.self.path;
  }

  get childRole(): string {
    return this.flags.child.idPrefix;
  }

  *actors(): Iterable<Actor> {
    for (const child of this.#children.values()) yield child.actor;
  }

  child(id: string): Actor | undefined {
    return this.#children.get(id)?.actor;
  }

  async startChild(
    args: unknown,
    id = `${this.flags.child.idPrefix}-${this.#started + 1}`,
  ): Promise<StartChildResult<never>> {
    if (this.#stopping) return { ok: false, reason: 'gone' };
    if (this.#children.has(id)) return { ok: false, reason: 'already-started' };
    if (this.#children.size >= (this.flags.childrenMax ?? Infinity)) {
      return { ok: false, reason: 'max-children' };
    }
    this.#started++;
    const child = this.#add(args, id);
    const outcome = await this.#start(child);
    switch (outcome.kind) {
      case 'started':
        return { ok: true, ref: child.actor };
      case 'ignored':
        this.#forget(child);
        return { ok: false, reason: 'ignored' };
      case 'failed':
        this.#forget(child);
        if (this.#stopping) return { ok: false, reason: 'gone' };
        return { ok: false, reason: 'failed', error: errorOf(outcome.reason) };
    }
  }

  async terminateChild(id: string): Promise<boolean> {
    const child = this.#children.get(id);
    if (child === undefined) return false;
    child.stopping ??= this.#stopTogether([child]);
    await child.stopping;
    return true;
  }

  /** At once, within one shutdown time. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    const children = [...this.#children.values()];
    const terminations = children.flatMap(({ stopping = [] }) => stopping);
    await this.#stopTogether(children.filter(({ stopping }) => stopping === undefined));
    await Promise.all(terminations);
  }

  killAll(): void {
    this.#stopping = true;
    for (const child of [...this.#children.values()].toReversed()) {
      child.actor.kill();
      this.#forget(child);
    }
  }

  childEnded(actor: Actor, reason: ExitReason): void {
    const child = this.#childOf(actor.childId, actor.id);
    if (child === undefined || this.#stopping || child.stopping !== undefined) return;
    if (isReported(this.#restart, reason)) this.#report('child_terminated', reason, child);
    if (verdictOn(this.#restart, reason) === 'restart') {
      this.self.tellSelf(messageAbout(child, 'restart'));
      return;
    }
    this.#forget(child);
    this.#shutDownAfterOne();
  }

  receive(message: DynamicMessage): void {
    const child = this.#childOf(message.id, message.actorId);
    if (child?.actor.status !== 'restarting' || this.#stopping) return;
    switch (message.dynamic) {
      case 'restart':
        this.#restartChild(child);
        return;
      case 'start-again':
        this.#startAgain(child);
    }
  }

  #childOf(id: string, actorId: number): Child | undefined {
    const child = this.#children.get(id);
    return child?.actor.id === actorId ? child : undefined;
  }

  #add(args: unknown, id: string): Child {
    const { behaviour, kind = 'worker', mailboxMax } = this.flags.child;
    const spec = { kind, behaviour, args };
    const actor = new Actor(
      this.self.services,
      this,
      id,
      mailboxMax === undefined ? spec : { ...spec, mailboxMax },
    );
    const child: Child = { id, actor, args, restartsAtMs: none };
    this.#children.set(id, child);
    return child;
  }

  #forget(child: Child): void {
    if (this.#children.get(child.id) === child) this.#children.delete(child.id);
    child.actor.discard();
  }

  async #start(child: Child): Promise<StartOutcome> {
    const outcome = await child.actor.start();
    if (outcome.kind === 'started') {
      this.self.services.report({
        report: 'progress',
        supervisor: this.path,
        started: offenderOf(child.actor, child.id, this.#spec),
      });
    }
    if (outcome.kind === 'failed') this.#report('start_error', outcome.reason, child);
    return outcome;
  }

  get #spec(): { restart: RestartType; shutdown: Shutdown } {
    return { restart: this.#restart, shutdown: this.#shutdown };
  }

  #restartChild(child: Child): void {
    const now = this.self.now();
    const { childIntensity, intensity = defaultIntensity, backoff } = this.flags;
    const before = childIntensity === undefined ? this.#restartsAtMs : child.restartsAtMs;
    const restartsAtMs = addRestart(before, now, childIntensity ?? intensity);
    if (restartsAtMs === undefined) {
      this.#giveUp(child, childIntensity !== undefined);
      return;
    }
    if (childIntensity === undefined) this.#restartsAtMs = restartsAtMs;
    else child.restartsAtMs = restartsAtMs;
    if (backoff === undefined) this.#startAgain(child);
    else this.#startLater(child, backoff, restartsAtMs.length);
  }

  #giveUp(child: Child, childOnly: boolean): void {
    const detail = childOnly ? 'reached_max_child_restarts' : 'reached_max_restart_intensity';
    const reason = { kind: 'shutdown', detail } as const;
    this.#report('shutdown', reason, child);
    this.#forget(child);
    if (!childOnly) this.self.stop(reason);
    else {
      this.#tellGivenUp(child);
      this.#shutDownAfterOne();
    }
  }

  #tellGivenUp({ actor, args }: Child): void {
    try {
      this.flags.onGivenUp?.(args);
    } catch (thrown) {
      // One child's bug: not a reason to end its siblings.
      actor.reportCrash(crashed(thrown).error, 'onGivenUp');
    }
  }

  #startLater(child: Child, backoff: Backoff, attempt: number): void {
    const delayMs = backoffMs(backoff, attempt, this.self.services.random());
    this.self.after(delayMs, messageAbout(child, 'start-again'));
  }

  #startAgain(child: Child): void {
    void this.#start(child).then((outcome) => {
      if (this.#stopping || child.stopping !== undefined) return;
      if (outcome.kind === 'ignored') this.#forget(child);
      else if (outcome.kind === 'failed') this.self.tellSelf(messageAbout(child, 'restart'));
    });
  }

  #shutDownAfterOne(): void {
    const { autoShutdown = 'never', child } = this.flags;
    if (!child.significant || autoShutdown === 'never') return;
    if (autoShutdown === 'all-significant' && this.#children.size > 0) return;
    this.self.stop(shutdown);
  }

  async #stopTogether(children: readonly Child[]): Promise<void> {
    const running = children.filter(({ actor }) => !actor.isVacant);
    const ends = running.map(({ actor }) => actor.ended());
    const within = this.#shutdown;
    for (const { actor } of running) {
      if (within === 'brutal-kill') actor.kill();
      else actor.shutdown(shutdown);
    }
    const cancel =
      typeof within === 'number'
        ? this.self.clock.after(within, () => running.forEach(({ actor }) => actor.kill()))
        : undefined;
    const reasons = await Promise.all(ends);
    cancel?.();
    for (const child of children) this.#forget(child);
    this.#reportShutdownErrors(running, reasons);
  }

  /** Many children that stop badly in one way are one report, as in OTP. */
  #reportShutdownErrors(children: readonly Child[], reasons: readonly ExitReason[]): void {
    const seen = new Map<string, number>();
    for (const reason of reasons) {
      if (!isShutdownError(reason, this.#spec)) continue;
      seen.set(reason.kind, (seen.get(reason.kind) ?? 0) + 1);
    }
    for (const [kind, count] of seen) {
      const index = reasons.findIndex((reason) => reason.kind === kind);
      const [child, reason] = [children[index], reasons[index]];
      if (child === undefined || reason === undefined) continue;
      this.#report('shutdown_error', reason, {
        ...child,
        id: count > 1 ? `${count} children` : child.id,
      });
    }
  }

  #report(context: SupervisorReport['errorContext'], reason: ExitReason, child: Child): void {
    const offender = offenderOf(child.actor, child.id, this.#spec);
    reportChild(this.self.services, this.path, context, reason, offender);
  }
}

function messageAbout({ id, actor }: Child, dynamic: DynamicMessage['dynamic']): DynamicMessage {
  return { dynamic, id, actorId: actor.id };
}

function faultyFlags(flags: DynamicFlags<unknown, unknown, unknown>): string | undefined {
  const { child, intensity = defaultIntensity, childIntensity = intensity } = flags;
  if (child.significant && (child.restart ?? 'permanent') === 'permanent') {
    return 'permanent children cannot be significant';
  }
  if (child.significant && (flags.autoShutdown ?? 'never') === 'never') {
    return 'children are significant, but their supervisor never shuts down by itself';
  }
  return faultyIntensity(intensity) ?? faultyIntensity(childIntensity);
}
