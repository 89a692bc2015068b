import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RoleTotals } from '@chat-server/supervision';
import type { Metrics, StoreOutcome } from './metrics';

/** Connections that are alike. */
export interface ConnectionCount {
  readonly transport: string;
  /** What is at the other end: a terminal, say. */
  readonly kind: string;
  readonly count: number;
}

/** What is looked up when the metrics are asked for. */
export interface MetricSources {
  connections(): readonly ConnectionCount[];
  /** How many people are online, on this node and on all. */
  users(): { readonly here: number; readonly all: number };
  /** Rooms that have members on this node. */
  rooms(): number;
  /** Readers that have not taken what they were sent. */
  slowReaders(): number;
  roles(): readonly RoleTotals[];
}

/** What has been counted since the start. */
export interface Totals {
  readonly linesIn: number;
  readonly deliveries: number;
}

const fanOutSeconds = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const storeSeconds = [0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/**
 * Of prom-client's default metrics, those that look at each open socket, which ten thousand
 * connections make slow; what is open, the connections tell.
 */
const slowDefaults = [
  'nodejs_active_resources',
  'nodejs_active_resources_total',
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'process_open_fds',
];

/**
 * The server's metrics for Prometheus, in a registry of its own.
 *
 * What happens with every line only adds to plain numbers; they go into prom-client's counters when
 * someone asks. Gauges are looked up then, too.
 */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  #linesIn = 0;
  #deliveries = 0;
  #bytes = 0;
  #skipped = 0;
  readonly #fanOut = this.#histogram(
    'chat_fanout_seconds',
    'Time from a line’s arrival at its socket to the last outbox of its room. A p99 above 0.1 with a low event-loop lag means slow storage; with a high one, the node has more than it can do: add a node.',
    fanOutSeconds,
  );
  readonly #store = this.#histogram(
    'chat_store_operation_seconds',
    'Time an operation of the store took, failed ones included. If it grows, look at the disk, or at the network to Redis.',
    storeSeconds,
    ['operation'],
  );
  readonly #storeFailures = this.#counter(
    'chat_store_failures_total',
    'Operations of the store that failed. Outcome store-away: it could not be reached, users are told, check it. Outcome error: a bug or a broken file, see the log.',
    ['operation', 'outcome'],
  );
  readonly #refusals = this.#counter(
    'chat_refusals_total',
    'People who were not let in, or requests not done, by reason. Raise the limit that a reason names if the people are real.',
    ['reason'],
  );
  readonly #restarts = this.#counter(
    'chat_actor_restarts_total',
    'Actors that were started again, by role. Each one is a bug that was contained: its crash report is in the log.',
    ['role'],
  );
  readonly #crashes = this.#counter(
    'chat_actor_crashes_total',
    'Exceptions in actors, by role. Each one is a bug: its stack is in the log.',
    ['role'],
  );
  readonly #mailboxesFull = this.#counter(
    'chat_mailbox_full_total',
    'Times a mailbox began to refuse messages, by role. If it grows, this part is the bottleneck.',
    ['role'],
  );

  constructor(private readonly sources: MetricSources) {
    this.#countPlainly();
    this.#lookUpPeople();
    this.#lookUpActors();
    collectDefaultMetrics({ register: this.#registry });
    for (const name of slowDefaults) this.#registry.removeSingleMetric(name);
  }

  readonly contentType = this.#registry.contentType;

  /** All of it, in Prometheus’ text format. */
  exposition(): Promise<string> {
    return this.#registry.metrics();
  }

  get totals(): Totals {
    return { linesIn: this.#linesIn, deliveries: this.#deliveries };
  }

  lineIn(): void {
    this.#linesIn++;
  }

  delivered(lines: number, bytes: number): void {
    this.#deliveries += lines;
    this.#bytes += bytes;
  }

  fanOutTook(ms: number): void {
    // Clocks of two nodes may differ by more than it took.
    this.#fanOut.observe(Math.max(0, ms) / 1_000);
  }

  refused(reason: string): void {
    this.#refusals.inc({ reason });
  }

  linesSkipped(lines: number): void {
    this.#skipped += lines;
  }

  storeTook(operation: string, ms: number, outcome: StoreOutcome): void {
    this.#store.observe({ operation }, ms / 1_000);
    if (outcome !== 'ok') this.#storeFailures.inc({ operation, outcome });
  }

  restarted(role: string): void {
    this.#restarts.inc({ role });
  }

  crashed(role: string): void {
    this.#crashes.inc({ role });
  }

  mailboxFilled(role: string): void {
    this.#mailboxesFull.inc({ role });
  }

  #countPlainly(): void {
    this.#plainCounter(
      'chat_lines_in_total',
      'Lines read from users, commands included. Without any for long on a busy server, check that people can connect.',
      () => this.#linesIn,
    );
    this.#plainCounter(
      'chat_deliveries_total',
      'Lines put into outboxes, one for each member that got it. What most of the work is for.',
      () => this.#deliveries,
    );
    this.#plainCounter(
      'chat_delivered_bytes_total',
      'Bytes put into outboxes. Compare with what the network of this machine can carry.',
      () => this.#bytes,
    );
    this.#plainCounter(
      'chat_lines_skipped_total',
      'Lines that slow readers never got; they are told how many. If it grows for many, the network is too slow, or raise --max-ring-lines.',
      () => this.#skipped,
    );
  }

  #lookUpPeople(): void {
    const { sources } = this;
    this.#gauge(
      'chat_connections',
      'Open connections, by transport and by what is at the other end. Near --max-connections, add a node.',
      (gauge) => {
        gauge.reset();
        for (const { transport, kind, count } of sources.connections()) {
          gauge.set({ transport, kind }, count);
        }
      },
      ['transport', 'kind'],
    );
    this.#gauge(
      'chat_users',
      'People who are logged in, on this node and on all nodes. All nodes must tell the same for scope="all".',
      (gauge) => {
        const { here, all } = sources.users();
        gauge.set({ scope: 'here' }, here);
        gauge.set({ scope: 'all' }, all);
      },
      ['scope'],
    );
    this.#gauge(
      'chat_rooms',
      'Rooms that have members on this node. For how much is going on; nothing to be done.',
      (gauge) => gauge.set(sources.rooms()),
    );
    this.#gauge(
      'chat_slow_readers',
      'Connections that have not taken what they were sent. Many at once point at the network of this node.',
      (gauge) => gauge.set(sources.slowReaders()),
    );
  }

  #lookUpActors(): void {
    const { sources } = this;
    // The first of the three to be asked looks up for all: prom-client asks in order.
    this.#gauge(
      'chat_actors',
      'Actors, by role. Their number follows that of connections and rooms; if not, actors are left over.',
      (actors) => {
        for (const gauge of [actors, longest, waiting]) gauge.reset();
        for (const { role, count, mailboxSum, mailboxLongest } of sources.roles()) {
          actors.set({ role }, count);
          longest.set({ role }, mailboxLongest);
          waiting.set({ role }, mailboxSum);
        }
      },
      ['role'],
    );
    const longest = this.#gauge(
      'chat_mailbox_longest_messages',
      'Messages in the fullest mailbox of each role. One that stays high is the bottleneck; see the observer.',
      () => undefined,
      ['role'],
    );
    const waiting = this.#gauge(
      'chat_mailbox_messages',
      'Messages that wait in all mailboxes of each role together. If it grows, the node has more than it can do.',
      () => undefined,
      ['role'],
    );
  }

  #counter<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #plainCounter(name: string, help: string, total: () => number): void {
    let told = 0;
    const collect = function (this: Counter): void {
      const now = total();
      this.inc(now - told);
      told = now;
    };
    this.#registry.registerMetric(new Counter({ name, help, registers: [], collect }));
  }

  #gauge<Label extends string = never>(
    name: string,
    help: string,
    lookUp: (gauge: Gauge<Label>) => void,
    labelNames: readonly Label[] = [],
  ): Gauge<Label> {
    const collect = function (this: Gauge<Label>): void {
      lookUp(this);
    };
    return new Gauge({ name, help, labelNames, registers: [this.#registry], collect });
  }

  #histogram<Label extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly Label[] = [],
  ): Histogram<Label> {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.#registry] });
  }
}
