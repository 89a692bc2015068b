import type { ActorName, ActorRef, Down, MonitorUntil } from './actor-ref';
import type { Answer, Reply } from './ask';
import type { ExitReason } from './exit-reason';
import type { Priority } from './low-priority';

/** What `init` returns to say that there is nothing to do: the child is not started, and no error. */
export const ignore = Symbol('ignore');
export type Ignore = typeof ignore;

/**
 * An actor's code (OTP: gen_server). One value serves any number of actors: what differs between
 * them comes in `args`.
 *
 * `receive` and `settled` are synchronous: they ask for what takes time, with {@link
 * ActorContext.pipe} or {@link ActorContext.ask}, and the answer comes back as a message. A throw in
 * any of them is a bug, and ends the actor with `crashed`.
 */
export interface Behaviour<Args, State, Message> {
  /** The first state, or `ignore`. A throw, or a rejection, is a start error for the supervisor. */
  init(args: Args, context: ActorContext<Message>): State | Ignore | Promise<State | Ignore>;
  /** Handles one message; returns the next state. */
  receive(state: State, message: Message, context: ActorContext<Message>): State;
  /** Called once a wake-up, after its last message: the place to act once on many messages. */
  settled?(state: State, context: ActorContext<Message>): State;
  /**
   * Called with the message whose handling threw, before the actor ends: the one chance to tell its
   * sender. A throw in here is reported and changes nothing.
   */
  failed?(state: State, message: Message, error: Error): void;
  /**
   * Called when the actor ends in any way but a kill. It is waited for, up to the child spec's
   * shutdown time.
   */
  terminate?(state: State, reason: ExitReason): void | Promise<void>;
}

/** How a promise ended, as {@link ActorContext.pipe} tells it. */
export type Settled<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown };

/** What an actor may do while it handles a message. Everything it holds ends with its incarnation. */
export interface ActorContext<Message> {
  readonly self: ActorRef<Message>;
  readonly path: string;
  /** 1 at the first start, one more at each restart. */
  readonly incarnation: number;
  /**
   * What it is now: `normal` from each start on. Those that are `low` run after others, and share 2 ms
   * of each turn of the event loop.
   */
  readonly priority: Priority;
  /**
   * Makes it `low` for each wake-up before that time, by `now()`; 0 at each start, `Infinity` for good
   * (OTP: process_flag(priority, low), which knows no time).
   */
  lowPriorityUntilMs: number;
  now(): number;
  /** Ends this actor once the message at hand is handled; `normal` when no reason is given. */
  stop(reason?: ExitReason): void;
  /** Sends itself a message after `delayMs`, past the mailbox bound; the answer cancels it. */
  after(delayMs: number, message: Message): () => void;
  /**
   * Sends itself one message when `target` next ends, or when its reference is gone; at once if it
   * is gone already. The answer cancels it.
   */
  monitor(
    target: ActorRef<never>,
    toMessage: (down: Down) => Message,
    until?: MonitorUntil,
  ): () => void;
  /** Sends itself one message when `promise` settles. */
  pipe<Value>(promise: Promise<Value>, toMessage: (outcome: Settled<Value>) => Message): void;
  /** {@link ask}, with the answer as a message. */
  ask<Request, Value>(
    target: ActorRef<Request>,
    request: (reply: Reply<Value>) => Request,
    timeoutMs: number,
    toMessage: (answer: Answer<Value>) => Message,
  ): void;
  /** Who has that name now. */
  whereIs<Other>(name: ActorName<Other>): ActorRef<Other> | undefined;
}
