import type { Actor } from './actor';
import type { ActorRef } from './actor-ref';
import type { FullChildSpec, Shutdown } from './child-spec';
import { type ExitReason, shutdown } from './exit-reason';
import type { Offender, SupervisorReport } from './reports';
import type { Services } from './services';

/** How `startChild` and `restartChild` went. */
export type StartChildResult<Message> =
  | { readonly ok: true; readonly ref: ActorRef<Message> }
  | { readonly ok: false; readonly reason: StartRefusal }
  | { readonly ok: false; readonly reason: 'failed'; readonly error: Error };

/**
 * Why a child was not started. `ignored`: its `init` said so. `already-started`, `restarting`,
 * `already-present`: a child of that id runs, is about to, or is stopped and can be restarted or
 * deleted. `not-found`: no such id. `max-children`: a dynamic supervisor is full. `invalid-spec`:
 * see `faultyChildSpecs`. `gone`: the supervisor is not running.
 */
export type StartRefusal =
  | 'ignored'
  | 'already-started'
  | 'restarting'
  | 'already-present'
  | 'not-found'
  | 'max-children'
  | 'invalid-spec'
  | 'gone';

/** The error within an end, for those who need one. */
export function errorOf(reason: ExitReason): Error {
  return reason.kind === 'crashed' ? reason.error : new Error(reason.kind);
}

/** The child as reports name it. */
export function offenderOf(
  actor: Actor,
  id: string,
  spec: Pick<FullChildSpec, 'restart' | 'shutdown'>,
): Offender {
  const { path, role, kind, restarts } = actor;
  return { id, path, role, kind, restart: spec.restart, shutdown: spec.shutdown, restarts };
}

/** Reports what a supervisor saw of a child. */
export function reportChild(
  services: Services,
  supervisor: string,
  errorContext: SupervisorReport['errorContext'],
  reason: ExitReason,
  offender: Offender,
): void {
  services.report({ report: 'supervisor', supervisor, errorContext, reason, offender });
}

/**
 * Stops an actor as its spec says, and resolves with why it ended: it is told to stop, and killed
 * when its time is over.
 */
export async function stopActor(actor: Actor, within: Shutdown): Promise<ExitReason> {
  const ended = actor.ended();
  if (within === 'brutal-kill') actor.kill();
  else actor.shutdown(shutdown);
  const cancel =
    typeof within === 'number' ? actor.clock.after(within, () => actor.kill()) : undefined;
  const reason = await ended;
  cancel?.();
  return reason;
}

/** Whether a child that was told to stop ended otherwise than it should (OTP: shutdown_error). */
export function isShutdownError(
  reason: ExitReason,
  { restart, shutdown: within }: Pick<FullChildSpec, 'restart' | 'shutdown'>,
): boolean {
  switch (reason.kind) {
    case 'shutdown':
      return false;
    case 'normal':
      return restart === 'permanent';
    case 'killed':
      return within !== 'brutal-kill';
    case 'crashed':
      return true;
  }
}
