import type { Report, ReportSink } from '@chat-server/supervision';
import type { Metrics } from './metrics';

/** Counts what supervisors report. */
export function reportsCounted(
  metrics: Pick<Metrics, 'restarted' | 'crashed' | 'mailboxFilled'>,
): ReportSink {
  return (report: Report) => {
    switch (report.report) {
      case 'progress':
        if (report.started.restarts > 0) metrics.restarted(report.started.role);
        return;
      case 'crash':
        metrics.crashed(report.role);
        return;
      case 'mailbox_full':
        metrics.mailboxFilled(report.role);
        return;
      case 'supervisor':
    }
  };
}
