import type { ExitReason } from './exit-reason';
import type { ActorKind, RestartType, Shutdown } from './child-spec';

/** The child a report is about. */
export interface Offender {
  readonly id: string;
  readonly path: string;
  /** See {@link ActorInfo.role}; the same for all children of a dynamic supervisor. */
  readonly role: string;
  readonly kind: ActorKind;
  readonly restart: RestartType;
  readonly shutdown: Shutdown;
  /** How often it has been restarted so far. */
  readonly restarts: number;
}

/** A child has been started (OTP: progress report). */
export interface ProgressReport {
  readonly report: 'progress';
  readonly supervisor: string;
  readonly started: Offender;
}

/** A supervisor saw a child end or fail to start, or gives up itself (OTP: supervisor report). */
export interface SupervisorReport {
  readonly report: 'supervisor';
  readonly supervisor: string;
  readonly errorContext: 'start_error' | 'child_terminated' | 'shutdown_error' | 'shutdown';
  readonly reason: ExitReason;
  readonly offender: Offender;
}

/** Which of an actor's functions threw. */
export type CrashedIn = 'init' | 'receive' | 'settled' | 'failed' | 'terminate' | 'onGivenUp';

/** An actor threw (OTP: crash report). Messages are counted, never shown: they are people's words. */
export interface CrashReport {
  readonly report: 'crash';
  readonly path: string;
  readonly role: string;
  readonly kind: ActorKind;
  readonly incarnation: number;
  readonly error: Error;
  readonly during: CrashedIn;
  readonly ancestors: readonly string[];
  readonly mailboxLength: number;
  readonly messagesHandled: number;
}

/** A mailbox refused a message; told once, until it has been empty again. */
export interface MailboxReport {
  readonly report: 'mailbox_full';
  readonly path: string;
  readonly role: string;
  readonly mailboxMax: number;
}

export type Report = ProgressReport | SupervisorReport | CrashReport | MailboxReport;

/** Where reports go. A throw in it surfaces as an uncaught exception; supervision goes on. */
export type ReportSink = (report: Report) => void;
