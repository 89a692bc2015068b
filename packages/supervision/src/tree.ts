import type { ActorKind } from './child-spec';

/**
 * Where an actor is in its life. `restarting`: it ended, and its supervisor has not started it again
 * yet; messages wait. `ended`: for good.
 */
export type ActorStatus = 'starting' | 'running' | 'stopping' | 'restarting' | 'ended';

/** One actor, and what is below it, as data (what Erlang's observer shows). */
export interface TreeNode {
  readonly path: string;
  readonly id: string;
  readonly kind: ActorKind;
  readonly status: ActorStatus;
  readonly restarts: number;
  readonly mailboxLength: number;
  readonly messagesHandled: number;
  /** Of this incarnation, milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly lastError?: Error;
  /** In start order. */
  readonly children: readonly TreeNode[];
}
