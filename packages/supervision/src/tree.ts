import type { ActorKind } from './child-spec';
import type { CrashedIn } from './reports';

/**
 * Where an actor is in its life. `restarting`: it ended, and its supervisor has not started it again
 * yet; messages wait. `ended`: for good.
 */
export type ActorStatus = 'starting' | 'running' | 'stopping' | 'restarting' | 'ended';

/** A throw in an actor. */
export interface Crash {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly error: Error;
  readonly during: CrashedIn;
}

/** One actor as data (what Erlang's observer shows of a process). */
export interface ActorInfo {
  readonly path: string;
  readonly id: string;
  /**
   * What it is there for: its id, or, for the children of a dynamic supervisor, their `idPrefix`. So
   * there are few, however many actors there are.
   */
  readonly role: string;
  readonly kind: ActorKind;
  /** Whether it is a supervisor whose children come and go. */
  readonly isDynamic: boolean;
  readonly status: ActorStatus;
  readonly restarts: number;
  readonly mailboxLength: number;
  readonly messagesHandled: number;
  /** Of this incarnation, milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly lastCrash?: Crash;
}

/** One actor, and all that is below it. */
export interface TreeNode extends ActorInfo {
  /** In start order. */
  readonly children: readonly TreeNode[];
}

/** All children of a supervisor, counted. */
export interface ChildrenSummary {
  readonly count: number;
  readonly statuses: Readonly<Partial<Record<ActorStatus, number>>>;
  /** Messages that wait, in all mailboxes together and in the fullest. */
  readonly mailboxSum: number;
  readonly mailboxLongest: number;
  /** Those of children that are gone do not count, here and below. */
  readonly messagesHandled: number;
  readonly restarts: number;
  /** How many have ever crashed. */
  readonly crashed: number;
}

/**
 * One actor, and of what is below it as much as can be looked at: of more children than asked for,
 * only the ones most worth a look, and a summary of all.
 */
export interface SurveyNode extends ActorInfo {
  readonly children: readonly SurveyNode[];
  /** Of a dynamic supervisor, and of one that has more children than are listed. */
  readonly summary?: ChildrenSummary;
}

/** All actors of one role, counted. */
export interface RoleTotals {
  readonly role: string;
  readonly count: number;
  readonly mailboxSum: number;
  readonly mailboxLongest: number;
}
