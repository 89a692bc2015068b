import type { ExitReason } from './exit-reason';

/**
 * What became of a message: in the mailbox; refused because the mailbox holds as many as it may;
 * or dropped because the actor is no more. Never an exception.
 */
export type SendResult = 'sent' | 'mailbox-full' | 'gone';

/**
 * The address of one actor, typed by the messages it takes.
 *
 * A restart keeps the reference: it designates the place in the tree, and the messages that were
 * waiting are handled by the next incarnation. Once the actor has ended for good, the reference is
 * `gone` for ever; a namesake started later has another.
 */
export interface ActorRef<in Message> {
  readonly id: number;
  readonly path: string;
  /**
   * Puts a message into the mailbox. Messages of one sender are handled in the order sent, each at
   * most once: one whose handling crashes is not handled again.
   */
  send(message: Message): SendResult;
  /**
   * The same, past the mailbox bound: for the few messages that must not be refused, such as that
   * something has ended. Never `mailbox-full`.
   */
  notify(message: Message): SendResult;
}

/**
 * What a monitor waits for: the next end, after which a supervisor may start the actor again; or
 * that the reference is gone, and nothing comes back.
 */
export type MonitorUntil = 'end' | 'gone';

/** Told to a monitor: which actor ended, and why; `noproc` when it was gone before. */
export interface Down {
  readonly ref: ActorRef<never>;
  readonly reason: ExitReason | { readonly kind: 'noproc' };
}

/** A typed name under which a system finds an actor (OTP's registered names). */
export interface ActorName<out Message> {
  readonly name: string;
  /** Carries the type; never set. */
  readonly messages?: (message: never) => Message;
}

/** Makes a typed name; two with the same text are the same name. */
export function actorName<Message>(name: string): ActorName<Message> {
  return { name };
}
