import {
  describeExit,
  type ExitReason,
  type Report,
  type ReportSink,
} from '@chat-server/supervision';
import type { Log } from './log';

/** Children that come and go with people: their progress is for debugging. */
const busySupervisors = /\/(?:listener|rooms)$/;

/** Writes supervision reports to the log, in OTP's words and at OTP's levels. */
export function reportsTo(log: Log): ReportSink {
  return (report) => {
    const { level, message, fields } = recordOf(report);
    log[level](fields, message);
  };
}

interface Record {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: object;
}

function recordOf(report: Report): Record {
  switch (report.report) {
    case 'progress': {
      const { supervisor, started } = report;
      const isBusy = busySupervisors.test(supervisor) && started.restarts === 0;
      return { level: isBusy ? 'debug' : 'info', message: 'progress report', fields: report };
    }
    case 'supervisor': {
      const { reason, ...fields } = report;
      return {
        level: 'error',
        message: `supervisor report: ${report.errorContext}`,
        fields: { ...fields, ...reasonFields(reason) },
      };
    }
    case 'crash': {
      const { error: err, ...fields } = report;
      return { level: 'error', message: 'crash report', fields: { ...fields, err } };
    }
    case 'mailbox_full':
      return { level: 'warn', message: 'mailbox full', fields: report };
  }
}

function reasonFields(reason: ExitReason): object {
  const fields = { reason: describeExit(reason) };
  return reason.kind === 'crashed' ? { ...fields, err: reason.error } : fields;
}
