import type { ActorRef } from './actor-ref';
import type { Reply } from './ask';
import type { StartChildResult, StartRefusal } from './child';
import type { ActorKind, AutoShutdown, ChildSpec, RestartFlags, RestartType } from './child-spec';
import type { Strategy } from './strategy';

/** A supervisor of children that are known by name and started in order (OTP: supervisor). */
export interface SupervisorFlags extends RestartFlags {
  /** `one_for_one` when not given. */
  readonly strategy?: Strategy;
  /** `never` when not given. */
  readonly autoShutdown?: AutoShutdown;
  /** Started in this order, stopped in reverse. */
  readonly children: readonly ChildSpec[];
}

/** One child, as `whichChildren` tells it. */
export interface ChildInfo {
  readonly id: string;
  readonly ref: ActorRef<never> | 'restarting' | undefined;
  readonly kind: ActorKind;
  readonly restart: RestartType;
}

/** How many children there are (OTP: count_children): specs, running ones, and by kind. */
export interface ChildCounts {
  readonly specs: number;
  readonly active: number;
  readonly supervisors: number;
  readonly workers: number;
}

export type ChildRefusal = Exclude<StartRefusal, 'ignored' | 'already-present'> | 'running';
export type ChildResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: ChildRefusal };

/** What a supervisor is asked; {@link startChild} and its siblings do. */
export type SupervisorRequest =
  | { readonly request: 'start'; readonly spec: ChildSpec; readonly reply: Reply<AnyStart> }
  | { readonly request: 'restart'; readonly id: string; readonly reply: Reply<AnyStart> }
  | { readonly request: 'terminate'; readonly id: string; readonly reply: Reply<ChildResult> }
  | { readonly request: 'delete'; readonly id: string; readonly reply: Reply<ChildResult> }
  | { readonly request: 'which'; readonly reply: Reply<readonly ChildInfo[]> }
  | { readonly request: 'count'; readonly reply: Reply<ChildCounts> };

type AnyStart = StartChildResult<never>;

/** What its own work tells a static supervisor. */
export type SupervisorEvent =
  | { readonly event: 'job-done'; readonly error?: unknown }
  | { readonly event: 'start-again'; readonly ids: readonly string[] }
  | { readonly event: 'retry'; readonly id: string };

export type SupervisorMessage = SupervisorRequest | SupervisorEvent;
