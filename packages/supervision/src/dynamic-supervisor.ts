import type { Actor } from './actor';
import type { ActorName, ActorRef } from './actor-ref';
import type { ActorContext, Behaviour } from './behaviour';
import type { StartChildResult } from './child';
import type { ActorSpec } from './child-spec';
import { type DynamicFlags, type DynamicMessage, DynamicSupervision } from './dynamic-supervision';

/** The address of a dynamic supervisor, typed by what its children are started with. */
export interface DynamicSupervisorMessage<Args, ChildMessage> extends DynamicMessage {
  /** Carries the types; never set. */
  readonly child?: (args: Args) => ChildMessage;
}

type AnyFlags = DynamicFlags<unknown, unknown, unknown>;

const behaviour: Behaviour<AnyFlags, DynamicSupervision, DynamicMessage> = {
  init: (flags, context: ActorContext<DynamicMessage>) =>
    new DynamicSupervision(context as Actor<DynamicMessage>, flags),
  receive(supervision, message) {
    supervision.receive(message);
    return supervision;
  },
  terminate: (supervision) => supervision.stopAll(),
};

/**
 * A supervisor of any number of children of one kind, started with {@link startDynamicChild} (OTP:
 * simple_one_for_one; Elixir: DynamicSupervisor).
 *
 * It starts without children. A child that ends for good is forgotten. On its own end, all children
 * are stopped at once, within one shutdown time.
 */
export function dynamicSupervisor<Args, State, Message>(
  flags: DynamicFlags<Args, State, Message>,
  name?: ActorName<DynamicSupervisorMessage<Args, Message>>,
): ActorSpec<AnyFlags, DynamicSupervision, DynamicMessage> {
  const args = flags as unknown as AnyFlags;
  const kind = 'supervisor';
  const spec = { kind, behaviour, args, mailboxMax: Infinity, isDynamic: true } as const;
  return name === undefined ? spec : { ...spec, name };
}

/**
 * Starts a child with `args`; its id is `<prefix>-<n>` when none is given.
 *
 * It is started in this call, without a message to the supervisor, so that the cost does not grow
 * with the number of children. Refusals: `max-children`, `already-started`, `ignored`, `gone`.
 */
export function startDynamicChild<Args, Message>(
  target: ActorRef<DynamicSupervisorMessage<Args, Message>>,
  args: Args,
  id?: string,
): Promise<StartChildResult<Message>> {
  const actor = target as unknown as Actor;
  const { supervision } = actor;
  if (actor.status !== 'running' || !(supervision instanceof DynamicSupervision)) {
    return Promise.resolve({ ok: false, reason: 'gone' });
  }
  return supervision.startChild(args, id) as Promise<StartChildResult<Message>>;
}

/** Stops a child as its spec says, and forgets it; false when there is none of that id. */
export function terminateDynamicChild<Args, Message>(
  target: ActorRef<DynamicSupervisorMessage<Args, Message>>,
  id: string,
): Promise<boolean> {
  const { supervision } = target as unknown as Actor;
  if (!(supervision instanceof DynamicSupervision)) return Promise.resolve(false);
  return supervision.terminateChild(id);
}

/** The children in start order; also those that are starting or about to be restarted. */
export function dynamicChildren<Args, Message>(
  target: ActorRef<DynamicSupervisorMessage<Args, Message>>,
): readonly ActorRef<Message>[] {
  const { supervision } = target as unknown as Actor;
  if (!(supervision instanceof DynamicSupervision)) return [];
  return [...supervision.actors()];
}

/** The child of that id, if there is one. O(1). */
export function dynamicChild<Args, Message>(
  target: ActorRef<DynamicSupervisorMessage<Args, Message>>,
  id: string,
): ActorRef<Message> | undefined {
  const { supervision } = target as unknown as Actor;
  if (!(supervision instanceof DynamicSupervision)) return undefined;
  return supervision.child(id);
}
