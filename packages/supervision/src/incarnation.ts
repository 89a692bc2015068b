import type { ActorName, ActorRef, Down, MonitorUntil } from './actor-ref';
import { ask, type Answer, type Reply } from './ask';
import type { Settled } from './behaviour';
import { crashed } from './exit-reason';
import { Fault, OwnMessage } from './mail';
import { Place } from './place';

/**
 * What runs in a place from one start to one end, and has things under way: timers, monitors,
 * promises. They reach it only while it lives, and never its successor.
 */
export abstract class Incarnation<Message> extends Place<Message> {
  incarnation = 0;
  #held: Set<() => void> | undefined;

  get self(): ActorRef<Message> {
    return this;
  }

  now(): number {
    return this.clock.now();
  }

  /** To itself: past the mailbox bound, and for this incarnation only. */
  tellSelf(message: Message): void {
    this.#tell(this.incarnation, () => message);
  }

  after(delayMs: number, message: Message): () => void {
    const { incarnation } = this;
    return this.#hold((over) =>
      this.clock.after(delayMs, () => {
        over();
        this.#tell(incarnation, () => message);
      }),
    );
  }

  monitor(
    target: ActorRef<never>,
    toMessage: (down: Down) => Message,
    until: MonitorUntil = 'end',
  ): () => void {
    const { incarnation } = this;
    return this.#hold((over) =>
      (target as Place<never>).watch((down) => {
        over();
        this.#tell(incarnation, () => toMessage(down));
      }, until),
    );
  }

  pipe<Value>(promise: Promise<Value>, toMessage: (outcome: Settled<Value>) => Message): void {
    const { incarnation } = this;
    promise.then(
      (value) => this.#tell(incarnation, () => toMessage({ ok: true, value })),
      (error: unknown) => this.#tell(incarnation, () => toMessage({ ok: false, error })),
    );
  }

  ask<Request, Value>(
    target: ActorRef<Request>,
    request: (reply: Reply<Value>) => Request,
    timeoutMs: number,
    toMessage: (answer: Answer<Value>) => Message,
  ): void {
    this.pipe(ask(target, request, timeoutMs), (outcome) =>
      toMessage(outcome.ok ? outcome.value : { ok: false, reason: 'gone' }),
    );
  }

  whereIs<Other>(name: ActorName<Other>): ActorRef<Other> | undefined {
    return this.services.names.get(name.name) as ActorRef<Other> | undefined;
  }

  /** Cancels all that is under way. */
  protected giveBack(): void {
    for (const cancel of this.#held ?? []) cancel();
    this.#held = undefined;
  }

  /** A throw in `make` is this actor's bug, whoever calls. */
  #tell(incarnation: number, make: () => Message): void {
    if (this.incarnation !== incarnation) return;
    if (this.status !== 'running' && this.status !== 'starting') return;
    try {
      this.enqueue(new OwnMessage(incarnation, make()));
    } catch (thrown) {
      this.enqueue(new Fault(incarnation, crashed(thrown).error));
    }
  }

  /** `begin` is given what to call when it is over by itself, and answers how to undo it. */
  #hold(begin: (over: () => void) => () => void): () => void {
    // What an `init` goes on to do after it was killed has no incarnation to belong to.
    if (this.isVacant) return () => undefined;
    const held = (this.#held ??= new Set());
    let undo: (() => void) | undefined;
    const cancel = (): void => {
      held.delete(cancel);
      undo?.();
    };
    held.add(cancel);
    undo = begin(() => held.delete(cancel));
    return cancel;
  }
}
