import type { Report } from '@chat-server/supervision';
import { type ReportKind, type ReportRow, toldBy } from './report-row';

/** Which reports someone wants to see; all of them where nothing is said. */
export interface ReportFilter {
  readonly kinds?: ReadonlySet<string>;
  /** Part of the path, case aside. */
  readonly path?: string;
  /** Part of the summary, the role or the path, case aside. */
  readonly text?: string;
}

/** The last reports, oldest first; older ones are in the log. */
export class ReportJournal {
  #rows: ReportRow[] = [];
  #last = 0;

  constructor(
    private readonly rowsMax: number,
    private readonly now: () => number,
  ) {}

  /** The number of the latest. */
  get last(): number {
    return this.#last;
  }

  /**
   * Keeps a report, but for the first start of a child that comes and goes: a crowd that arrives
   * would push out what went wrong.
   */
  note(report: Report): void {
    if (report.report === 'progress') {
      const { id, role, restarts } = report.started;
      if (id !== role && restarts === 0) return;
    }
    this.#keep({ kind: report.report, ...toldBy(report) });
  }

  /** Keeps what an operator did. */
  noteAction(path: string, summary: string): void {
    this.#keep({ kind: 'action', path, role: 'operator', summary });
  }

  /** The newest after that number that pass, at most `countMax`, oldest first. */
  after(number: number, filter: ReportFilter, countMax: number): readonly ReportRow[] {
    const first = this.#rows[0]?.number ?? 0;
    const newer = this.#rows.slice(Math.max(0, number + 1 - first));
    const passing = newer.filter((row) => passes(row, filter));
    return passing.slice(Math.max(0, passing.length - countMax));
  }

  #keep(row: Omit<ReportRow, 'number' | 'atMs'>): void {
    this.#rows.push({ number: ++this.#last, atMs: this.now(), ...row });
    // Twice as many are kept for a while, so that keeping one more does not move all others.
    if (this.#rows.length >= this.rowsMax * 2) this.#rows = this.#rows.slice(-this.rowsMax);
  }
}

export const reportKinds: readonly ReportKind[] = [
  'progress',
  'supervisor',
  'crash',
  'mailbox_full',
  'action',
];

function passes(row: ReportRow, { kinds, path, text }: ReportFilter): boolean {
  if (kinds !== undefined && !kinds.has(row.kind)) return false;
  if (path !== undefined && !holds(row.path, path)) return false;
  if (text === undefined) return true;
  return [row.summary, row.role, row.path].some((each) => holds(each, text));
}

function holds(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
