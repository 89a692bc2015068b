import { setImmediate } from 'node:timers/promises';
import type { ActorSystem, ReportSink } from '@chat-server/supervision';
import type { ActorRow } from './actor-row';
import { arrive, crowdSystem, observedIn, tell, Watching } from './observed.suite';
import { Observer } from './observer';
import type { ReportRow } from './report-row';
import type { TreeChanges, TreeView } from './watched-tree';

const systems: ActorSystem[] = [];

afterEach(async () => {
  for (const system of systems.splice(0)) await system.stop();
});

async function observing(count = 0) {
  let nowMs = 1_000_000;
  const sinks: ReportSink[] = [];
  const system = await crowdSystem(count, (report) => sinks.forEach((sink) => sink(report)));
  systems.push(system);
  const observed = observedIn(system);
  const look = { tookMs: 0 };
  let stopwatchMs = 0;
  // It is read at the start and at the end of a look.
  const stopwatch = (): number => (stopwatchMs += look.tookMs);
  const observer = new Observer(observed, () => nowMs, stopwatch);
  sinks.push((report) => observer.report(report));
  const second = async (): Promise<void> => {
    // What was sent to actors is handled by then.
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    nowMs += 1_000;
    observer.tick();
  };
  return { system, observed, observer, look, second };
}

/** What the page makes of what it is told. */
class Page {
  rows = new Map<string, ActorRow>();

  take(watching: Watching): void {
    for (const { event, data } of watching.told.splice(0)) {
      if (event === 'tree') {
        this.rows = new Map((data as TreeView).actors.map((row) => [row.path, row]));
      }
      if (event !== 'changes') continue;
      const { set, removed } = data as TreeChanges;
      for (const path of removed) this.rows.delete(path);
      for (const row of set) this.rows.set(row.path, row);
    }
  }
}

const byPath = (rows: Iterable<ActorRow>): object =>
  Object.fromEntries(Array.from(rows, (row) => [row.path, row]));

test('counts are told at first, and when they are others', async () => {
  const { observed, observer, second } = await observing();
  let users = 3;
  observed.counts = () => ({ users });
  const watching = new Watching();
  observer.watch(watching, {});
  expect(watching.next('counts')).toEqual([{ users: 3 }]);
  await second();
  users = 4;
  await second();
  await second();
  expect(watching.next('counts').at(-1)).toEqual({ users: 4 });
  await second();
  expect(watching.next('counts')).toEqual([]);
});

test('who begins to watch is told all there is, then only what changes', async () => {
  const { system, observer, second } = await observing(3);
  const watching = new Watching();
  observer.watch(watching, {});
  expect(watching.told.map(({ event }) => event)).toEqual(['tree', 'reports', 'charts', 'counts']);
  watching.told.length = 0;
  await second();
  expect(watching.next('changes')).toEqual([]);
  tell(system, 'top/one', 'hello');
  await second();
  expect(watching.next('changes')).toMatchObject([
    { set: [{ path: 'top/one', messages: 1 }], removed: [] },
  ]);
});

test('the changes, applied to what one had, are the tree, whoever begins when', async () => {
  const { system, observer, second } = await observing(5);
  const early = { watching: new Watching(), page: new Page() };
  const late = { watching: new Watching(), page: new Page() };
  observer.watch(early.watching, {});
  await arrive(system, 40);
  tell(system, 'top/crowd/connection-3', 'crash');
  await second();
  tell(system, 'top/crowd/connection-9', 'hello');
  expect(observer.tree().actors.length).toBeGreaterThan(2);
  observer.watch(late.watching, {});
  await second();
  tell(system, 'top/one', 'crash');
  await second();
  for (const { watching, page } of [early, late]) {
    page.take(watching);
    expect(byPath(page.rows.values())).toEqual(byPath(observer.tree().actors));
  }
});

test('a crowd is counted, and a few of it are listed', async () => {
  const { observer } = await observing(300);
  const { actors } = observer.tree();
  expect(actors).toHaveLength(3 + 20);
  expect(actors.find(({ path }) => path === 'top/crowd')).toMatchObject({
    kind: 'dynamic',
    parent: 'top',
    group: { count: 300, statuses: { running: 300 }, mailbox: 0, crashed: 0 },
  });
});

test('while nobody watches, the tree is not looked at', async () => {
  const { observed, observer, second } = await observing();
  const survey = jest.spyOn(observed, 'survey');
  await second();
  const stop = observer.watch(new Watching(), {});
  await second();
  const looked = survey.mock.calls.length;
  expect(looked).toBeGreaterThan(0);
  stop();
  await second();
  expect(survey.mock.calls).toHaveLength(looked);
});

test('a look that takes long is not taken again for seventy times as long, five seconds at most', async () => {
  const { observed, observer, look, second } = await observing();
  const survey = jest.spyOn(observed, 'survey');
  observer.watch(new Watching(), {});
  const looksIn = async (seconds: number): Promise<number> => {
    survey.mockClear();
    for (let n = 0; n < seconds; n++) await second();
    return survey.mock.calls.length;
  };
  expect(await looksIn(12)).toBe(12);
  look.tookMs = 42;
  expect(await looksIn(13)).toBe(5);
  look.tookMs = 10_000;
  await looksIn(3);
  expect(await looksIn(25)).toBe(5);
});

test('one actor is told with its last crash, the stack included', async () => {
  const { system, observer, second } = await observing(1);
  tell(system, 'top/crowd/connection-1', 'crash');
  await second();
  expect(observer.actor('top/crowd/connection-1')).toMatchObject({
    role: 'connection',
    restarts: 1,
    crash: { message: 'member <b>crashed</b>', during: 'receive' },
    stack: expect.stringContaining('observed.suite'),
  });
  expect(observer.actor('top/nobody')).toBeUndefined();
});

test('actors are searched, a bounded number', async () => {
  const { observer } = await observing(150);
  expect(observer.search('CONNECTION-1', 3).map(({ id }) => id)).toEqual([
    'connection-1',
    'connection-10',
    'connection-11',
  ]);
  expect(observer.search('connection', 1_000)).toHaveLength(100);
});

test('reports come as they are made, those that pass, with what a crowd’s arrival is left out of', async () => {
  const { system, observer, second } = await observing();
  const all = new Watching();
  const crashes = new Watching();
  observer.watch(all, {});
  observer.watch(crashes, { kinds: new Set(['crash']) });
  for (const watching of [all, crashes]) watching.told.length = 0;
  await arrive(system, 30);
  tell(system, 'top/crowd/connection-3', 'crash');
  await second();
  const [told] = all.next('reports') as [{ reports: ReportRow[]; skipped: number }];
  expect(told.skipped).toBe(0);
  expect(told.reports.map(({ kind, summary }) => `${kind} ${summary}`)).toEqual([
    'crash crashed in receive: member <b>crashed</b> (0 waiting, 1 handled)',
    'supervisor child_terminated connection-3: crashed: member <b>crashed</b>',
    'progress started again (restart 1)',
  ]);
  expect(crashes.next('reports')).toMatchObject([{ reports: [{ kind: 'crash' }] }]);
  await second();
  expect(all.next('reports')).toEqual([]);
});

test('of very many reports the newest are told, and how many there were', async () => {
  const { system, observer, second } = await observing(40);
  const watching = new Watching();
  observer.watch(watching, {});
  watching.told.length = 0;
  for (let n = 1; n <= 40; n++) tell(system, `top/crowd/connection-${n}`, 'crash');
  await second();
  const [told] = watching.next('reports') as [{ reports: ReportRow[]; skipped: number }];
  expect(told.reports).toHaveLength(50);
  expect(told.skipped).toBe(120 - 50);
});

test('a sample is taken each five seconds, whoever watches', async () => {
  const { observer, second } = await observing();
  for (let seconds = 0; seconds < 11; seconds++) await second();
  expect(observer.charts()).toEqual({
    everyMs: 5_000,
    names: ['users', 'lines'],
    samples: [
      [1_001_000, 3, 0],
      [1_006_000, 3, 0],
      [1_011_000, 3, 0],
    ],
  });
  const watching = new Watching();
  observer.watch(watching, {});
  watching.told.length = 0;
  for (let seconds = 0; seconds < 5; seconds++) await second();
  expect(watching.next('sample')).toEqual([[1_016_000, 3, 0]]);
});

test('rooms are told when they are others', async () => {
  const { observer } = await observing();
  const watching = new Watching();
  observer.watch(watching, {});
  const rooms = await observer.rooms();
  observer.tellRooms(rooms);
  observer.tellRooms(rooms);
  expect(watching.next('rooms')).toEqual([rooms]);
  const late = new Watching();
  observer.watch(late, {});
  expect(late.next('rooms')).toEqual([rooms]);
});

test('what operators do is done, and kept with who did it', async () => {
  const { observed, observer, system, second } = await observing();
  expect(observer.act('restart', 'top/one', '10.0.0.1 (token)')).toBe('done');
  expect(observer.act('restart', 'top/none', '10.0.0.1 (token)')).toBe('not-found');
  expect(observer.act('disconnect', 7, '10.0.0.2 (logged in)')).toBe('done');
  await second();
  expect(system.info('top/one')).toMatchObject({ restarts: 1 });
  expect(observed.actions).toEqual([
    { action: 'restart', target: 'top/one', by: '10.0.0.1 (token)', outcome: 'done' },
    { action: 'restart', target: 'top/none', by: '10.0.0.1 (token)', outcome: 'not-found' },
    { action: 'disconnect', target: 7, by: '10.0.0.2 (logged in)', outcome: 'done' },
  ]);
  expect(observer.reports({ kinds: new Set(['action']) }, 10)).toMatchObject([
    { path: 'top/one', summary: 'restart by 10.0.0.1 (token): done' },
    { path: 'top/none', summary: 'restart by 10.0.0.1 (token): not-found' },
    { path: '7', summary: 'disconnect by 10.0.0.2 (logged in): done' },
  ]);
});

test('an update of a crowd of two thousand is as small as of few', async () => {
  const { system, observer, second } = await observing(2_000);
  const watching = new Watching();
  observer.watch(watching, {});
  watching.told.length = 0;
  for (let n = 1; n <= 2_000; n++) tell(system, `top/crowd/connection-${n}`, 'hello');
  await second();
  const bytes = watching.told.reduce((sum, each) => sum + each.bytes, 0);
  expect(bytes).toBeGreaterThan(100);
  expect(bytes).toBeLessThan(12_000);
});
