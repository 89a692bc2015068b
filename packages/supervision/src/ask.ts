import type { ActorRef } from './actor-ref';
import type { Clock } from './clock';

/** Where an answer goes. Only the first is taken. */
export interface Reply<in Value> {
  send(value: Value): void;
}

/** What became of a question; never a rejection. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: 'timeout' | 'gone' | 'mailbox-full' };

/**
 * Sends a request that carries where to reply to, and waits for the answer (OTP: gen_server:call).
 *
 * It resolves to `gone` as soon as the actor ends before it answered, at the latest to `timeout`
 * after `timeoutMs` (Infinity: never). A request that still waits in the mailbox of an actor that is
 * restarted goes on waiting. After a `timeout` the request may still be handled.
 */
export function ask<Request, Value>(
  target: ActorRef<Request>,
  request: (reply: Reply<Value>) => Request,
  timeoutMs: number,
): Promise<Answer<Value>> {
  const { promise, resolve } = Promise.withResolvers<Answer<Value>>();
  // Outside of the promise: a throw in `request` is the caller's, here and now.
  new PendingAsk(target, resolve).put(request, timeoutMs);
  return promise;
}

/** A question without its answer yet, as the actor that owes it sees it. */
export interface OpenQuestion {
  readonly message: unknown;
  fail(reason: 'timeout' | 'gone' | 'mailbox-full'): void;
}

/** What a question needs of the actor it is put to; every reference of this package has it. */
export interface Askable<in Message> extends ActorRef<Message> {
  readonly clock: Clock;
  /** Has the question fail when the actor ends without having answered. */
  owe(question: OpenQuestion): void;
  settle(question: OpenQuestion): void;
}

/** A question on its way, known to the actor it was put to, so that it fails when that one ends. */
class PendingAsk<Request, Value> implements Reply<Value>, OpenQuestion {
  message: Request | undefined;
  readonly #actor: Askable<Request>;
  #cancelTimer: (() => void) | undefined;
  #resolve: ((answer: Answer<Value>) => void) | undefined;

  constructor(target: ActorRef<Request>, resolve: (answer: Answer<Value>) => void) {
    this.#actor = target as Askable<Request>;
    this.#resolve = resolve;
  }

  put(request: (reply: Reply<Value>) => Request, timeoutMs: number): void {
    const message = request(this);
    this.message = message;
    const sent = this.#actor.send(message);
    if (sent !== 'sent') {
      this.fail(sent);
      return;
    }
    this.#actor.owe(this);
    if (timeoutMs !== Infinity) {
      this.#cancelTimer = this.#actor.clock.after(timeoutMs, () => this.fail('timeout'));
    }
  }

  send(value: Value): void {
    this.#settle({ ok: true, value });
  }

  fail(reason: 'timeout' | 'gone' | 'mailbox-full'): void {
    this.#settle({ ok: false, reason });
  }

  #settle(answer: Answer<Value>): void {
    const resolve = this.#resolve;
    if (resolve === undefined) return;
    this.#resolve = undefined;
    this.#actor.settle(this);
    this.#cancelTimer?.();
    resolve(answer);
  }
}
