import type { ActorRow } from '../observer/actor-row';
import { shownAge } from './actor-table';
import { topFrame } from './top-frame';
import { treeText } from './tree-text';

function row(path: string, more: Partial<ActorRow> = {}): ActorRow {
  const parts = path.split('/');
  return {
    path,
    parent: parts.slice(0, -1).join('/'),
    id: parts.at(-1) ?? '',
    role: parts.at(-1) ?? '',
    kind: 'worker',
    status: 'running',
    mailbox: 0,
    messages: 0,
    restarts: 0,
    startedAtMs: 0,
    ...more,
  };
}

const group = {
  count: 10_000,
  statuses: { running: 9_999, restarting: 1 },
  mailbox: 12,
  mailboxLongest: 3,
  messages: 50_000,
  restarts: 4,
  crashed: 2,
};

const tree = {
  atMs: 7_200_000,
  actors: [
    row('chat', { kind: 'supervisor' }),
    row('chat/store', { messages: 1_234, mailbox: 2 }),
    row('chat/listener', { kind: 'dynamic', group }),
    row('chat/listener/connection-7', { restarts: 3, mailbox: 3, startedAtMs: 7_195_000 }),
    row('chat/http'),
  ],
};

test('a tree has a line for each actor, and one for the many that are not listed', () => {
  expect(treeText(tree)).toEqual([
    'ACTOR                 STATUS   MAILBOX  MESSAGES  RESTARTS  UP',
    'chat                  running        0         0         0  2h',
    '├─ store              running        2     1,234         0  2h',
    '├─ listener (10,000)  running        0         0         0  2h',
    '│  ├─ connection-7    running        3         0         3  5s',
    '│  └─ … 9,999 more; of all: 9,999 running, 1 restarting, mailbox 12',
    '└─ http               running        0         0         0  2h',
  ]);
});

test('nothing in an id acts on a terminal', () => {
  const wild = { atMs: 0, actors: [row('\u001b[2J')] };
  for (const lines of [treeText(wild), topFrame({ tree: wild }, { columns: 80, rows: 24 })]) {
    expect(lines.join('')).not.toContain('\u001b');
    expect(lines.join('')).toContain(String.raw`\u001b[2J`);
  }
});

const charts = {
  everyMs: 5_000,
  names: ['connections', 'users', 'rooms', 'loopDelayP99Ms', 'memoryBytes', 'linesPerSecond'],
  samples: [[0, 10_000, 9_000, 20, 1.5, 209_715_200, 33.4]],
};

test('a screen shows how the server does, then the actors with the most to do', () => {
  const before = { ...tree, atMs: 7_198_000, actors: [row('chat/store', { messages: 1_000 })] };
  expect(topFrame({ tree, before, charts }, { columns: 200, rows: 8 })).toEqual([
    '10,000 connections   9,000 users   20 rooms   33 lines/s   0 deliveries/s   loop 1.5 ms   memory 200 MB',
    'listener: 10,000, mailbox 12, restarts 4',
    '',
    'ACTOR                       STATUS   MAILBOX  MESSAGES/S  RESTARTS  UP',
    'chat/listener/connection-7  running        3           0         3  5s',
    'chat/store                  running        2         117         0  2h',
    'chat                        running        0           0         0  2h',
    'q ends',
  ]);
});

test.each([
  [80, 24],
  [20, 5],
  [1, 1],
  [0, 0],
])('a screen of %i columns and %i rows holds what it can', (columns, rows) => {
  const frame = topFrame({ tree, charts }, { columns, rows });
  expect(frame.length).toBeLessThanOrEqual(Math.max(1, rows));
  for (const line of frame) expect(line.length).toBeLessThanOrEqual(columns);
});

test('what is wrong is shown in place of what is counted', () => {
  const frame = topFrame({ tree, trouble: 'No server answers.' }, { columns: 80, rows: 24 });
  expect(frame.slice(0, 2)).toEqual(['no sample yet', 'No server answers.']);
});

test.each([
  [-5, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [3_600_000, '1h'],
  [86_400_000 * 3, '3d'],
])('%i ms are shown as %s', (ms, shown) => {
  expect(shownAge(ms)).toBe(shown);
});
