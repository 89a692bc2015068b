import { setTimeout } from 'node:timers/promises';
import type { Offender, Report } from '@chat-server/supervision';
import { complaintsAbout, familiesOf, type Sample } from './exposition.suite';
import { type MetricSources, PrometheusMetrics } from './prometheus-metrics';
import { reportsCounted } from './report-metrics';

const sources: MetricSources = {
  connections: () => [
    { transport: 'tcp', kind: 'terminal', count: 2 },
    { transport: 'tcp', kind: 'plain', count: 3 },
  ],
  users: () => ({ here: 4, all: 9 }),
  rooms: () => 2,
  slowReaders: () => 1,
  roles: () => [
    { role: 'connection', count: 5, mailboxSum: 7, mailboxLongest: 6 },
    { role: 'registry', count: 1, mailboxSum: 0, mailboxLongest: 0 },
  ],
};

async function samplesOf(metrics: PrometheusMetrics, name: string): Promise<readonly Sample[]> {
  const families = familiesOf(await metrics.exposition());
  return families.find((family) => family.name === name)?.samples ?? [];
}

async function valuesOf(metrics: PrometheusMetrics, name: string): Promise<Record<string, number>> {
  const samples = await samplesOf(metrics, name);
  return Object.fromEntries(
    samples.map(({ labels, value }) => [Object.values(labels).join(' '), value]),
  );
}

/** One that has been told of everything once. */
function busy(): PrometheusMetrics {
  const metrics = new PrometheusMetrics(sources);
  metrics.lineIn();
  metrics.delivered(3, 120);
  metrics.fanOutTook(2);
  metrics.refused('server-full');
  metrics.linesSkipped(5);
  metrics.storeTook('append', 4, 'ok');
  metrics.storeTook('append', 9_000, 'store-away');
  metrics.restarted('connection');
  metrics.crashed('connection');
  metrics.mailboxFilled('room');
  return metrics;
}

test('the exposition keeps Prometheus’ conventions: names, units, types and help', async () => {
  const metrics = busy();
  // Until the event loop was measured, its mean is no number.
  await setTimeout(100);
  const families = familiesOf(await metrics.exposition());
  expect(complaintsAbout(families)).toEqual([]);
  const own = families.filter(({ name }) => name.startsWith('chat_'));
  expect(own.length).toBeGreaterThan(15);
  for (const { name, help, samples } of own) {
    // A word to the operator, and not only what the name says.
    expect({ name, sentences: help.split(/[.;:] /).length > 1 }).toEqual({ name, sentences: true });
    expect(samples.length).toBeGreaterThan(0);
  }
});

test.each([
  ['# HELP a_ms h\n# TYPE a_ms gauge\na_ms 1', 'a_ms: not in a base unit'],
  ['# HELP a h\n# TYPE a counter\na 1', 'a: counters and only they end with _total'],
  [
    '# HELP a_total h\n# TYPE a_total gauge\na_total 1',
    'a_total: counters and only they end with _total',
  ],
  ['# HELP a \n# TYPE a gauge\na 1', 'a: no help'],
  ['# HELP a h\n# TYPE a gauge\nb 1', 'a: a sample of another name'],
  ['# HELP a h\n# TYPE a gauge\na Nan', 'a: a value that is no number'],
])('the check finds what is wrong with %j', (exposition, complaint) => {
  expect(complaintsAbout(familiesOf(exposition))).toEqual([complaint]);
});

test('what happened is counted, and asking again does not count it twice', async () => {
  const metrics = busy();
  for (let asked = 0; asked < 2; asked++) {
    expect(await valuesOf(metrics, 'chat_lines_in_total')).toEqual({ '': 1 });
    expect(await valuesOf(metrics, 'chat_deliveries_total')).toEqual({ '': 3 });
    expect(await valuesOf(metrics, 'chat_delivered_bytes_total')).toEqual({ '': 120 });
    expect(await valuesOf(metrics, 'chat_lines_skipped_total')).toEqual({ '': 5 });
    expect(await valuesOf(metrics, 'chat_refusals_total')).toEqual({ 'server-full': 1 });
  }
  metrics.lineIn();
  expect(await valuesOf(metrics, 'chat_lines_in_total')).toEqual({ '': 2 });
  expect(metrics.totals).toEqual({ linesIn: 2, deliveries: 3 });
});

test('times are in seconds, and an operation that failed is one that took its time', async () => {
  const metrics = busy();
  const fanOut = await samplesOf(metrics, 'chat_fanout_seconds');
  expect(fanOut.find(({ name }) => name.endsWith('_sum'))?.value).toBe(0.002);
  const store = await samplesOf(metrics, 'chat_store_operation_seconds');
  expect(store.find(({ name }) => name.endsWith('_count'))).toMatchObject({
    labels: { operation: 'append' },
    value: 2,
  });
  expect(await valuesOf(metrics, 'chat_store_failures_total')).toEqual({ 'append store-away': 1 });
});

test('a fan-out that seems to end before it began took no time', async () => {
  const metrics = new PrometheusMetrics(sources);
  metrics.fanOutTook(-5);
  const samples = await samplesOf(metrics, 'chat_fanout_seconds');
  expect(samples.find(({ name }) => name.endsWith('_sum'))?.value).toBe(0);
});

test('what the tables tell is looked up when asked for', async () => {
  const metrics = busy();
  for (let asked = 0; asked < 2; asked++) {
    expect(await valuesOf(metrics, 'chat_connections')).toEqual({
      'tcp terminal': 2,
      'tcp plain': 3,
    });
    expect(await valuesOf(metrics, 'chat_users')).toEqual({ here: 4, all: 9 });
    expect(await valuesOf(metrics, 'chat_actors')).toEqual({ connection: 5, registry: 1 });
    expect(await valuesOf(metrics, 'chat_mailbox_messages')).toEqual({
      connection: 7,
      registry: 0,
    });
    expect(await valuesOf(metrics, 'chat_mailbox_longest_messages')).toEqual({
      connection: 6,
      registry: 0,
    });
  }
});

test('event loop and memory are told, and nothing that looks at every socket', async () => {
  const names = familiesOf(await busy().exposition()).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
    ]),
  );
  expect(names.filter((name) => /active|open_fds/.test(name))).toEqual([]);
});

const offender: Offender = {
  id: 'connection-7',
  path: 'chat/listeners/tcp/listener/connection-7',
  role: 'connection',
  kind: 'worker',
  restart: 'transient',
  shutdown: 5_000,
  restarts: 0,
};

test('reports are counted by role, and a first start is no restart', () => {
  const told: string[] = [];
  const report = reportsCounted({
    restarted: (role) => told.push(`restarted ${role}`),
    crashed: (role) => told.push(`crashed ${role}`),
    mailboxFilled: (role) => told.push(`full ${role}`),
  });
  const reports: readonly Report[] = [
    { report: 'progress', supervisor: 'chat', started: offender },
    { report: 'progress', supervisor: 'chat', started: { ...offender, restarts: 2 } },
    {
      report: 'supervisor',
      supervisor: 'chat',
      errorContext: 'child_terminated',
      reason: { kind: 'killed' },
      offender,
    },
    {
      report: 'crash',
      path: offender.path,
      role: 'connection',
      kind: 'worker',
      incarnation: 1,
      error: new Error('bug'),
      during: 'receive',
      ancestors: [],
      mailboxLength: 0,
      messagesHandled: 1,
    },
    { report: 'mailbox_full', path: 'chat/rooms/planes', role: 'room', mailboxMax: 10 },
  ];
  reports.forEach(report);
  expect(told).toEqual(['restarted connection', 'crashed connection', 'full room']);
});
