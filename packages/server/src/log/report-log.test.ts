import type { ExitReason, Offender, Report } from '@chat-server/supervision';
import { reportsTo } from './report-log';

interface Logged {
  readonly level: string;
  readonly message: string;
  readonly fields: object;
}

function logged(report: Report): Logged {
  const records: Logged[] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void records.push({ level, message, fields });
  reportsTo({
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  })(report);
  const [record] = records;
  if (record === undefined || records.length > 1) throw new Error(`${records.length} records`);
  return record;
}

const registry: Offender = {
  id: 'registry',
  path: 'chat/registry',
  role: 'registry',
  kind: 'worker',
  restart: 'permanent',
  shutdown: 5_000,
  restarts: 0,
};

test('the start of a part is told, as a progress report', () => {
  const report: Report = { report: 'progress', supervisor: 'chat', started: registry };
  expect(logged(report)).toEqual({ level: 'info', message: 'progress report', fields: report });
});

test.each(['chat/rooms', 'chat/listeners/tcp/listener'])(
  'what comes and goes with people under %s is for debugging, its restarts are not',
  (supervisor) => {
    const progress = (restarts: number): Report => ({
      report: 'progress',
      supervisor,
      started: { ...registry, restarts },
    });
    expect(logged(progress(0)).level).toBe('debug');
    expect(logged(progress(1)).level).toBe('info');
  },
);

const bug = new Error('bug');

test.each<[ExitReason, object]>([
  [
    { kind: 'crashed', error: bug },
    { reason: 'crashed: bug', err: bug },
  ],
  [{ kind: 'killed' }, { reason: 'killed' }],
  [
    { kind: 'shutdown', detail: 'reached_max_restart_intensity' },
    { reason: 'shutdown (reached_max_restart_intensity)' },
  ],
])('the end of a part (%o) is an error, in the words of OTP', (reason, fields) => {
  const report: Report = {
    report: 'supervisor',
    supervisor: 'chat',
    errorContext: 'child_terminated',
    reason,
    offender: registry,
  };
  expect(logged(report)).toEqual({
    level: 'error',
    message: 'supervisor report: child_terminated',
    fields: {
      report: 'supervisor',
      supervisor: 'chat',
      errorContext: 'child_terminated',
      offender: registry,
      ...fields,
    },
  });
});

test('a crash is an error with its stack, and without what people wrote', () => {
  const record = logged({
    report: 'crash',
    path: 'chat/registry',
    role: 'registry',
    kind: 'worker',
    incarnation: 1,
    error: bug,
    during: 'receive',
    ancestors: ['chat'],
    mailboxLength: 3,
    messagesHandled: 7,
  });
  expect(record).toMatchObject({ level: 'error', message: 'crash report' });
  expect(record.fields).toMatchObject({ err: bug, path: 'chat/registry', mailboxLength: 3 });
});

test('a mailbox that is full is a warning', () => {
  const report: Report = {
    report: 'mailbox_full',
    path: 'chat/registry',
    role: 'registry',
    mailboxMax: 10,
  };
  expect(logged(report)).toEqual({ level: 'warn', message: 'mailbox full', fields: report });
});
