import type { Actor, Overseer, Supervision } from './actor';
import { backoffMs } from './backoff';
import { errorOf } from './child';
import { addChild, endChild, removeChild, startAgain } from './child-administration';
import {
  type AutoShutdown,
  defaultIntensity,
  faultyChildSpecs,
  faultyIntensity,
} from './child-spec';
import { type Child, Children } from './children';
import { type ExitReason, shutdown, StartError } from './exit-reason';
import { addRestart } from './intensity';
import { JobQueue } from './job-queue';
import { isReported, verdictOn } from './restart-verdict';
import { affectedBy } from './strategy';
import type {
  SupervisorEvent,
  SupervisorFlags,
  SupervisorMessage,
  SupervisorRequest,
} from './supervisor-message';

/**
 * What one static supervisor decides about its children, over one of its incarnations.
 *
 * What takes time (starting, stopping, restarting) is a job, and jobs run one after another;
 * questions are answered at once. Retries are messages, so that it stays responsive. After each wait
 * a job looks whether the supervisor is closing: its children may be stopped under its hands.
 */
export class StaticSupervision implements Supervision, Overseer {
  readonly #children: Children;
  readonly #autoShutdown: AutoShutdown;
  readonly #jobs: JobQueue;
  #restartsAtMs: readonly number[] = [];

  constructor(
    private readonly self: Actor<SupervisorMessage>,
    private readonly flags: SupervisorFlags,
  ) {
    this.#children = new Children(self, this);
    this.#autoShutdown = flags.autoShutdown ?? 'never';
    const fault =
      faultyIntensity(flags.intensity ?? defaultIntensity) ??
      faultyChildSpecs(flags.children, this.#autoShutdown);
    if (fault !== undefined) throw new StartError(fault);
    for (const spec of flags.children) this.#children.add(spec);
    this.#jobs = new JobQueue((job) =>
      self.pipe(job, (outcome) =>
        outcome.ok ? { event: 'job-done' } : { event: 'job-done', error: outcome.error },
      ),
    );
    self.supervision = this;
  }

  get path(): string {
    return this.self.path;
  }

  *actors(): Iterable<Actor> {
    for (const child of this.#children.all()) yield child.actor;
  }

  child(id: string): Actor | undefined {
    return this.#children.get(id)?.actor;
  }

  /** In order; the first that fails has those before it stopped, and is the error. */
  async startAll(): Promise<void> {
    for (const child of this.#children.all()) {
      if (this.#children.closing) throw new StartError('killed');
      const outcome = await this.#children.start(child);
      if (outcome.kind !== 'failed') continue;
      await this.stopAll();
      throw new StartError(`child ${child.spec.id} failed to start`, {
        cause: errorOf(outcome.reason),
      });
    }
    this.#jobs.next();
  }

  stopAll(): Promise<void> {
    return this.#children.stopAll();
  }

  killAll(): void {
    this.#children.killAll();
  }

  childEnded(actor: Actor, reason: ExitReason): void {
    const child = this.#children.of(actor);
    if (child === undefined || this.#children.closing) return;
    if (child.state !== 'running' && child.state !== 'starting') return;
    child.state = 'ended';
    this.#jobs.push(() => this.#handleEnd(child, reason));
  }

  receive(message: SupervisorMessage): void {
    if ('event' in message) this.#handleEvent(message);
    else this.#handleRequest(message);
  }

  #handleEvent(message: SupervisorEvent): void {
    switch (message.event) {
      case 'job-done':
        if (message.error !== undefined) throw message.error as Error;
        this.#jobs.next();
        return;
      case 'start-again':
        this.#jobs.push(() => this.#startAgain(message.ids));
        return;
      case 'retry':
        this.#jobs.push(() => this.#retry(message.id));
    }
  }

  #handleRequest(message: SupervisorRequest): void {
    const children = this.#children;
    switch (message.request) {
      case 'which':
        message.reply.send(children.which());
        return;
      case 'count':
        message.reply.send(children.count());
        return;
      case 'start':
        this.#jobs.push(async () =>
          message.reply.send(await addChild(children, message.spec, this.#autoShutdown)),
        );
        return;
      case 'restart':
        this.#jobs.push(async () => message.reply.send(await startAgain(children, message.id)));
        return;
      case 'terminate':
        this.#jobs.push(async () => message.reply.send(await endChild(children, message.id)));
        return;
      case 'delete':
        this.#jobs.push(async () => message.reply.send(removeChild(children, message.id)));
    }
  }

  async #handleEnd(child: Child, reason: ExitReason): Promise<void> {
    // A sibling's restart may have taken care of it already.
    if (child.state !== 'ended') return;
    const { restart } = child.spec;
    if (isReported(restart, reason)) this.#children.report('child_terminated', reason, child);
    switch (verdictOn(restart, reason)) {
      case 'restart':
        return this.#restart(child);
      case 'keep':
        child.state = 'stopped';
        child.actor.discard();
        break;
      case 'remove':
        this.#children.drop(child);
    }
    this.#shutDownAfter(child);
  }

  /** OTP's auto_shutdown: the end of significant children may be the end of their supervisor. */
  #shutDownAfter(child: Child): void {
    if (!child.spec.significant || this.#autoShutdown === 'never') return;
    const others = this.#children
      .all()
      .some((each) => each !== child && each.spec.significant && each.state !== 'stopped');
    if (this.#autoShutdown === 'all-significant' && others) return;
    this.self.stop(shutdown);
  }

  async #retry(id: string): Promise<void> {
    const child = this.#children.get(id);
    if (child?.state === 'restarting') await this.#restart(child);
  }

  async #restart(child: Child): Promise<void> {
    const { backoff, intensity = defaultIntensity, strategy = 'one_for_one' } = this.flags;
    const restartsAtMs = addRestart(this.#restartsAtMs, this.self.now(), intensity);
    if (restartsAtMs === undefined) {
      this.#giveUp(child);
      return;
    }
    this.#restartsAtMs = restartsAtMs;
    child.state = 'restarting';
    const ids = affectedBy(strategy, child.spec.id, this.#children.ids());
    await this.#stopForRestart(ids);
    if (backoff === undefined) return this.#startAgain(ids);
    const delayMs = backoffMs(backoff, restartsAtMs.length, this.self.services.random());
    this.self.after(delayMs, { event: 'start-again', ids });
  }

  #giveUp(child: Child): void {
    const reason = { kind: 'shutdown', detail: 'reached_max_restart_intensity' } as const;
    this.#children.report('shutdown', reason, child);
    this.#children.drop(child);
    this.self.stop(reason);
  }

  async #stopForRestart(ids: readonly string[]): Promise<void> {
    for (const id of ids.toReversed()) {
      const child = this.#children.get(id);
      if (child === undefined) continue;
      await this.#children.stop(child);
      if (this.#children.closing) return;
      if (child.spec.restart === 'temporary') this.#children.drop(child);
      else child.state = 'restarting';
    }
  }

  async #startAgain(ids: readonly string[]): Promise<void> {
    for (const [index, id] of ids.entries()) {
      if (this.#children.closing) return;
      const child = this.#children.get(id);
      if (child?.state !== 'restarting') continue;
      const outcome = await this.#children.start(child);
      if (outcome.kind !== 'failed') continue;
      this.#startOver(child, ids.slice(index + 1));
      return;
    }
  }

  /** The child that failed to start is to be tried again; until then those behind it are stopped. */
  #startOver(failed: Child, behind: readonly string[]): void {
    for (const id of behind) {
      const child = this.#children.get(id);
      if (child?.state === 'restarting') child.state = 'stopped';
    }
    failed.state = 'restarting';
    this.self.tellSelf({ event: 'retry', id: failed.spec.id });
  }
}
