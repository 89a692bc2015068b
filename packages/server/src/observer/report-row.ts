import { describeExit, type Report } from '@chat-server/supervision';
import { shortened, stackOf } from './actor-row';

/** What a row tells of: a report of supervision, or what an operator did. */
export type ReportKind = Report['report'] | 'action';

/** One report as the observer shows it. */
export interface ReportRow {
  /** Grows by one with each report. */
  readonly number: number;
  readonly atMs: number;
  readonly kind: ReportKind;
  readonly path: string;
  readonly role: string;
  /** One line. */
  readonly summary: string;
  readonly stack?: string;
}

type Told = Omit<ReportRow, 'number' | 'atMs' | 'kind'>;

const summaryCharactersMax = 500;

/** What a report tells; never a message, since a report has none. */
export function toldBy(report: Report): Told {
  const told = tellOf(report);
  return { ...told, summary: shortened(told.summary, summaryCharactersMax) };
}

function tellOf(report: Report): Told {
  switch (report.report) {
    case 'progress': {
      const { path, role, restarts } = report.started;
      const summary = restarts === 0 ? 'started' : `started again (restart ${restarts})`;
      return { path, role, summary };
    }
    case 'supervisor': {
      const { errorContext, reason, offender } = report;
      const { path, role, id } = offender;
      return { path, role, summary: `${errorContext} ${id}: ${describeExit(reason)}` };
    }
    case 'crash': {
      const { path, role, during, error, mailboxLength, messagesHandled } = report;
      const summary = `crashed in ${during}: ${error.message} (${mailboxLength} waiting, ${messagesHandled} handled)`;
      return { path, role, summary, stack: stackOf(error) };
    }
    case 'mailbox_full': {
      const { path, role, mailboxMax } = report;
      return { path, role, summary: `mailbox full: refuses messages beyond ${mailboxMax}` };
    }
  }
}
