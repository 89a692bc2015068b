import * as fc from 'fast-check';
import type { Report } from '@chat-server/supervision';
import { ReportJournal } from './report-journal';

function crash(path: string, message = 'bug'): Report {
  return {
    report: 'crash',
    path,
    role: 'connection',
    kind: 'worker',
    incarnation: 1,
    error: new Error(message),
    during: 'receive',
    ancestors: [],
    mailboxLength: 2,
    messagesHandled: 3,
  };
}

function progress(id: string, role: string, restarts: number): Report {
  const path = `chat/${id}`;
  const started = {
    id,
    path,
    role,
    kind: 'worker',
    restart: 'permanent',
    shutdown: 1,
    restarts,
  } as const;
  return { report: 'progress', supervisor: 'chat', started };
}

const journal = (rowsMax = 100): ReportJournal => new ReportJournal(rowsMax, () => 5);
const pathsOf = (rows: readonly { readonly path: string }[]): readonly string[] =>
  rows.map(({ path }) => path);

test('the first start of a child that comes and goes is not kept, its restarts are', () => {
  const kept = journal();
  kept.note(progress('registry', 'registry', 0));
  kept.note(progress('connection-1', 'connection', 0));
  kept.note(progress('connection-1', 'connection', 1));
  expect(kept.after(0, {}, 10)).toMatchObject([
    { path: 'chat/registry', summary: 'started' },
    { path: 'chat/connection-1', summary: 'started again (restart 1)' },
  ]);
});

test('reports are filtered by kind, by part of the path, and by part of what they say', () => {
  const kept = journal();
  kept.note(crash('chat/a', 'Red'));
  kept.note(crash('chat/b', 'blue'));
  kept.note({ report: 'mailbox_full', path: 'chat/a', role: 'a', mailboxMax: 10 });
  kept.noteAction('chat/b', 'restart by someone: done');
  expect(pathsOf(kept.after(0, { kinds: new Set(['crash']) }, 10))).toEqual(['chat/a', 'chat/b']);
  expect(pathsOf(kept.after(0, { path: 'CHAT/A' }, 10))).toEqual(['chat/a', 'chat/a']);
  expect(pathsOf(kept.after(0, { text: 'red' }, 10))).toEqual(['chat/a']);
  expect(pathsOf(kept.after(0, { text: 'operator' }, 10))).toEqual(['chat/b']);
  expect(kept.after(0, { kinds: new Set(['crash']), text: 'green' }, 10)).toEqual([]);
});

test('what is long is cut', () => {
  const kept = journal();
  kept.note(crash('chat/a', 'x'.repeat(10_000)));
  const [row] = kept.after(0, {}, 1);
  expect(row?.summary.length).toBeLessThan(510);
  expect(row?.stack?.length).toBeLessThan(4_010);
});

test('the last ones are kept, and who has some is told those after', () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.nat(60),
      fc.integer({ min: 1, max: 60 }),
      (count, after, countMax) => {
        const kept = journal(10);
        for (let n = 1; n <= count; n++) kept.note(crash(`chat/${n}`));
        const numbers = kept.after(after, {}, countMax).map(({ number }) => number);
        const wanted = Array.from({ length: count }, (_, n) => n + 1).filter((n) => n > after);
        // At least the last ten of them, unless fewer are asked for.
        expect(numbers).toEqual(wanted.slice(wanted.length - numbers.length));
        expect(numbers.length).toBeGreaterThanOrEqual(Math.min(wanted.length, countMax, 10));
        expect(numbers.length).toBeLessThanOrEqual(Math.min(20, countMax));
        expect(kept.last).toBe(count);
      },
    ),
  );
});
