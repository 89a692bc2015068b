import { types } from 'node:util';
import { type ActorContext, type Behaviour, ignore } from './behaviour';
import type { ActorKind, AnyActorSpec } from './child-spec';
import { crashed, type ExitReason, killed, normal, StartError } from './exit-reason';
import { Incarnation } from './incarnation';
import { Fault, Mail, OwnMessage, StopOrder } from './mail';
import type { Priority } from './low-priority';
import type { NactHandle, Runnable } from './nact-runtime';
import type { CrashReport } from './reports';
import type { Services } from './services';
import type { Crash } from './tree';

/** Who started an actor, and decides what follows its end. */
export interface Overseer {
  /** Empty above the root. */
  readonly path: string;
  /** What all its children are there for; undefined where each has a purpose of its own. */
  readonly childRole?: string;
  /** Told once an incarnation; then the overseer calls `start` again, or `discard`. */
  childEnded(actor: Actor, reason: ExitReason): void;
}

/** A supervisor as its actor sees it. */
export interface Supervision {
  /** In start order. */
  actors(): Iterable<Actor>;
  /** The child of that id. */
  child(id: string): Actor | undefined;
  /** Ends all children at once, for good; nothing is started after this. */
  killAll(): void;
}

/** How a start went. */
export type StartOutcome =
  | { readonly kind: 'started' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'failed'; readonly reason: ExitReason };

/**
 * One actor: its state and its life, over all its incarnations.
 *
 * It is its own reference and its own context, so that ten thousand idle ones stay small; whatever
 * most of them never need is made when first needed.
 */
export class Actor<Message = unknown>
  extends Incarnation<Message>
  implements ActorContext<Message>, Runnable
{
  readonly kind: ActorKind;
  lowPriorityUntilMs = 0;
  startedAtMs = 0;
  messagesHandled = 0;
  lastCrash: Crash | undefined;
  /** What is below it, if it is a supervisor. */
  supervision: Supervision | undefined;

  declare protected readonly above: Overseer;
  readonly #behaviour: Behaviour<unknown, unknown, Message>;
  #state: unknown;
  #handle: NactHandle | undefined;
  #awake = false;
  #stopReason: ExitReason | undefined;
  #endStart: ((outcome: StartOutcome) => void) | undefined;

  constructor(services: Services, overseer: Overseer, childId: string, spec: AnyActorSpec) {
    super(services, overseer, childId, spec);
    this.#behaviour = spec.behaviour;
    this.kind = spec.kind;
  }

  /** Whether its children come and go, any number of one kind. */
  get isDynamic(): boolean {
    return this.spec.isDynamic ?? false;
  }

  get priority(): Priority {
    return this.lowPriorityUntilMs > 0 && this.lowPriorityUntilMs > this.now() ? 'low' : 'normal';
  }

  get restarts(): number {
    return Math.max(0, this.incarnation - 1);
  }

  /**
   * Starts the next incarnation. The promise waits for `init`, and never rejects; with an `init`
   * that is synchronous the actor runs when this returns.
   */
  start(): Promise<StartOutcome> {
    const { promise, resolve } = Promise.withResolvers<StartOutcome>();
    this.status = 'starting';
    const incarnation = ++this.incarnation;
    this.lowPriorityUntilMs = 0;
    this.startedAtMs = this.now();
    this.#stopReason = undefined;
    this.#awake = false;
    this.#endStart = resolve;
    this.#handle = this.services.runtime.spawn();
    try {
      const state = this.#behaviour.init(this.spec.args, this);
      if (!types.isPromise(state)) this.#settleInit(incarnation, state);
      else {
        state.then(
          (value) => this.#settleInit(incarnation, value),
          (thrown: unknown) => this.#failInit(incarnation, thrown),
        );
      }
    } catch (thrown) {
      this.#failInit(incarnation, thrown);
    }
    return promise;
  }

  /** Tells it to stop, behind what waits in its mailbox; what is still starting is killed. */
  shutdown(reason: ExitReason): void {
    if (this.status === 'starting') this.kill();
    else if (this.status === 'running') this.enqueue(new StopOrder(this.incarnation, reason));
  }

  /**
   * Ends it behind what waits, by way of `terminate`, as if it had been killed: so its supervisor
   * starts it again. False where it does not run.
   */
  restart(): boolean {
    if (this.status !== 'running') return false;
    this.shutdown(killed);
    return true;
  }

  /** Has it throw `error` as its next message is handled: for trying supervision out. */
  injectFault(error: Error): void {
    if (this.status !== 'ended') this.enqueue(new Fault(undefined, error));
  }

  /** Ends it, and what is below it, at once: neither the mailbox nor `terminate` comes first. */
  kill(): void {
    if (this.isVacant) return;
    const endStart = this.#endStart;
    this.supervision?.killAll();
    this.#leave(killed);
    if (endStart === undefined) this.above.childEnded(this as Actor, killed);
    else endStart({ kind: 'failed', reason: killed });
  }

  /** Resolves when this incarnation has ended, with why; at once when there is none. */
  ended(): Promise<ExitReason> {
    if (this.isVacant) return Promise.resolve(this.lastReason ?? normal);
    return new Promise((resolve) =>
      this.watch((down) => resolve(down.reason.kind === 'noproc' ? normal : down.reason)),
    );
  }

  /** As seen while `during` ran. */
  reportCrash(error: Error, during: CrashReport['during']): void {
    const { path, role, kind, incarnation, ancestors, messagesHandled } = this;
    this.lastCrash = { atMs: this.now(), error, during };
    this.services.report({
      report: 'crash',
      path,
      role,
      kind,
      incarnation,
      error,
      during,
      ancestors,
      mailboxLength: this.mailbox.length,
      messagesHandled,
    });
  }

  run(): void {
    if (!this.#isRunning()) return;
    let during: CrashReport['during'] = 'receive';
    let current: Message | Mail | undefined;
    try {
      for (let left = this.services.batchMax; left > 0 && this.#mayGoOn(); left--) {
        current = this.mailbox.take();
        if (current instanceof Mail) this.#open(current);
        else this.#receive(current);
      }
      during = 'settled';
      if (this.#isRunning() && this.#behaviour.settled) {
        this.#state = this.#behaviour.settled(this.#state, this);
      }
    } catch (thrown) {
      this.compact();
      this.#crash(crashed(thrown), during, current);
      return;
    }
    this.compact();
    this.#awake = false;
    // A handler may have killed its own actor.
    if (!this.#isRunning()) this.#state = undefined;
    else if (this.#stopReason !== undefined) this.#end(this.#stopReason);
    else if (this.mailbox.length > 0) this.wake();
  }

  stop(reason: ExitReason = normal): void {
    this.#stopReason ??= reason;
    this.wake();
  }

  protected wake(): void {
    if (this.#awake || !this.#isRunning()) return;
    this.#awake = true;
    this.services.runtime.wake(this.#handle as NactHandle, this);
  }

  #isRunning(): boolean {
    return this.status === 'running';
  }

  #mayGoOn(): boolean {
    return this.mailbox.length > 0 && this.#stopReason === undefined && this.#isRunning();
  }

  #open(mail: Mail): void {
    if (mail.incarnation !== undefined && mail.incarnation !== this.incarnation) return;
    if (mail instanceof OwnMessage) this.#receive(mail.message as Message);
    else if (mail instanceof StopOrder) this.#stopReason ??= mail.reason;
    else if (mail instanceof Fault) throw mail.error;
  }

  #receive(message: Message): void {
    this.messagesHandled++;
    this.#state = this.#behaviour.receive(this.#state, message, this);
  }

  #crash(
    reason: ExitReason & { kind: 'crashed' },
    during: CrashReport['during'],
    current: Message | Mail | undefined,
  ): void {
    this.reportCrash(reason.error, during);
    if (!this.#isRunning()) return;
    const message = current instanceof OwnMessage ? (current.message as Message) : current;
    if (during === 'receive' && !(message instanceof Mail)) {
      this.#tellFailed(message as Message, reason.error);
    }
    if (this.#isRunning()) this.#end(reason);
  }

  #tellFailed(message: Message, error: Error): void {
    try {
      this.#behaviour.failed?.(this.#state, message, error);
    } catch (thrown) {
      this.reportCrash(crashed(thrown).error, 'failed');
    }
  }

  /** The resolver of the start that is under way, once; undefined when it is over already. */
  #takeStart(incarnation: number): ((outcome: StartOutcome) => void) | undefined {
    if (this.incarnation !== incarnation) return undefined;
    const endStart = this.#endStart;
    this.#endStart = undefined;
    return endStart;
  }

  #settleInit(incarnation: number, state: unknown): void {
    const endStart = this.#takeStart(incarnation);
    if (endStart === undefined) {
      // Killed meanwhile; what init opened must be closed all the same.
      if (state !== ignore) void this.#terminate(state, killed);
    } else if (state === ignore) {
      this.#leave();
      endStart({ kind: 'ignored' });
    } else {
      this.#state = state;
      this.status = 'running';
      if (this.mailbox.length > 0 || this.#stopReason !== undefined) this.wake();
      endStart({ kind: 'started' });
    }
  }

  #failInit(incarnation: number, thrown: unknown): void {
    const endStart = this.#takeStart(incarnation);
    if (endStart === undefined) return;
    const reason = crashed(thrown);
    if (!(thrown instanceof StartError)) this.reportCrash(reason.error, 'init');
    this.#leave();
    endStart({ kind: 'failed', reason });
  }

  #end(reason: ExitReason): void {
    this.status = 'stopping';
    const { incarnation } = this;
    const finish = (final: ExitReason): void => {
      if (this.status !== 'stopping' || this.incarnation !== incarnation) return;
      this.#leave(final);
      this.above.childEnded(this as Actor, final);
    };
    const terminated = this.#terminate(this.#state, reason);
    if (terminated === undefined) finish(reason);
    else void terminated.then((failure) => finish(failure ?? reason));
  }

  /** Undefined when it ended well at once; else how it failed, if it did. */
  #terminate(state: unknown, reason: ExitReason): Promise<ExitReason | undefined> | undefined {
    const failed = (thrown: unknown): ExitReason => {
      const failure = crashed(thrown);
      this.reportCrash(failure.error, 'terminate');
      return failure;
    };
    try {
      const waiting: unknown = this.#behaviour.terminate?.(state, reason);
      return types.isPromise(waiting) ? waiting.then(() => undefined, failed) : undefined;
    } catch (thrown) {
      return Promise.resolve(failed(thrown));
    }
  }

  /** Gives back all that the incarnation held; messages that wait stay. */
  #leave(reason?: ExitReason): void {
    this.status = 'restarting';
    this.#endStart = undefined;
    this.giveBack();
    if (this.#handle !== undefined) this.services.runtime.release(this.#handle);
    this.#handle = undefined;
    this.#state = undefined;
    this.supervision = undefined;
    if (reason !== undefined) this.vacate(reason);
  }
}
