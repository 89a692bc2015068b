import type { RestartType } from './child-spec';
import { isAbnormal, type ExitReason } from './exit-reason';

/** What a supervisor does with a child that ended by itself. */
export type Verdict = 'restart' | 'keep' | 'remove';

/**
 * OTP's restart types: permanent children come back always, transient ones after an abnormal end,
 * temporary ones never, and their spec is dropped.
 */
export function verdictOn(restart: RestartType, reason: ExitReason): Verdict {
  switch (restart) {
    case 'permanent':
      return 'restart';
    case 'transient':
      return isAbnormal(reason) ? 'restart' : 'keep';
    case 'temporary':
      return 'remove';
  }
}

/** Whether that end is reported: of permanent children any, of others what is not expected. */
export function isReported(restart: RestartType, reason: ExitReason): boolean {
  return restart === 'permanent' || isAbnormal(reason);
}
