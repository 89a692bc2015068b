/**
 * Why an actor ended, in OTP's words.
 *
 * `normal`: it had nothing left to do. `shutdown`: it was told to stop, or a supervisor gave up.
 * `killed`: it was ended at once, without `terminate`. `crashed`: it threw; a bug.
 */
export type ExitReason =
  | { readonly kind: 'normal' }
  | { readonly kind: 'shutdown'; readonly detail?: string }
  | { readonly kind: 'killed' }
  | { readonly kind: 'crashed'; readonly error: Error };

export const normal: ExitReason = { kind: 'normal' };
export const shutdown: ExitReason = { kind: 'shutdown' };
export const killed: ExitReason = { kind: 'killed' };

/** A crash, whatever was thrown: what is not an Error is wrapped in one. */
export function crashed(thrown: unknown): ExitReason & { kind: 'crashed' } {
  return { kind: 'crashed', error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
}

/** Whether a transient child is restarted after this end (OTP: any reason but normal and shutdown). */
export function isAbnormal(reason: ExitReason): boolean {
  return reason.kind === 'killed' || reason.kind === 'crashed';
}

/** One line for a log: `crashed: boom`, `shutdown (reached_max_restart_intensity)`. */
export function describeExit(reason: ExitReason): string {
  switch (reason.kind) {
    case 'normal':
    case 'killed':
      return reason.kind;
    case 'shutdown':
      return reason.detail === undefined ? 'shutdown' : `shutdown (${reason.detail})`;
    case 'crashed':
      return `crashed: ${reason.error.message}`;
  }
}

/**
 * What `init` throws when it cannot do its work for a reason that is no bug, a port that is taken
 * say: the supervisor reports a start error, and there is no crash report.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
