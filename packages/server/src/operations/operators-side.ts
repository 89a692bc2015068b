import { nameKey } from '@chat-server/protocol';
import { type ActorSystem, type ReportSink, restartActor } from '@chat-server/supervision';
import { version } from '../../package.json';
import type { Services } from '../actors/services';
import type { Route } from '../http/route';
import { EventLoopMonitor } from '../metrics/event-loop-delay';
import { PrometheusMetrics } from '../metrics/prometheus-metrics';
import { reportsCounted } from '../metrics/report-metrics';
import { type Action, type ActionOutcome, type Observed, Observer } from '../observer/observer';
import { observerRoutes } from '../observer/observer-routes';
import { connectionCounts, slowReaders } from './connection-counts';
import { moderationRoutes } from './moderation-routes';
import { Occupancy } from './occupancy';

/** The parts of a server that operators look at; there are none before it is built. */
export interface Running {
  services: Services | undefined;
  system: ActorSystem | undefined;
}

const disconnected = 'An operator has disconnected you.';
const connectionPath = /\/connection-(\d+)$/;

/** What a server has for its operators: metrics, the observer, and the routes to both. */
export class OperatorsSide {
  readonly metrics: PrometheusMetrics;
  readonly observer: Observer;
  readonly routes: readonly Route[];
  /** To be told of what supervision reports. */
  readonly report: ReportSink;
  readonly #loop = new EventLoopMonitor();
  #occupancy: Occupancy | undefined;

  constructor(
    private readonly running: Running,
    private readonly now: () => number,
  ) {
    const metrics = new PrometheusMetrics({
      connections: () => connectionCounts(this.#sessions()),
      users: () => this.#users(),
      rooms: () => running.services?.seats.taken().length ?? 0,
      slowReaders: () => slowReaders(this.#sessions()),
      roles: () => running.system?.totals() ?? [],
    });
    this.metrics = metrics;
    this.observer = new Observer(this.#observed(), () => Math.round(now()));
    const counted = reportsCounted(metrics);
    this.report = (report) => {
      counted(report);
      this.observer.report(report);
    };
    this.routes = [
      {
        method: 'GET',
        path: '/metrics',
        answer: async () => ({
          status: 200,
          contentType: metrics.contentType,
          body: await metrics.exposition(),
        }),
      },
      ...observerRoutes(this.observer),
      ...moderationRoutes(() => running.services, now),
    ];
  }

  /** Measures nothing any more. */
  close(): void {
    this.#loop.stop();
  }

  #sessions() {
    return this.running.services?.sessions.all() ?? [];
  }

  #users(): { readonly here: number; readonly all: number } {
    const names = new Set<string>();
    for (const { user } of this.#sessions()) if (user !== undefined) names.add(nameKey(user.name));
    return { here: names.size, all: this.running.services?.directory.size ?? 0 };
  }

  #observed(): Observed {
    const { running } = this;
    return {
      server: () => this.#server(),
      survey: (listedMax) => running.system?.survey(listedMax),
      info: (path) => running.system?.info(path),
      search: (text, countMax) => running.system?.search(text, countMax) ?? [],
      reading: () => this.#reading(),
      counts: () => this.#counts(),
      rooms: () => this.#rooms(),
      restart: (path) => this.#restart(path),
      disconnect: (connection) => this.#disconnect(connection),
      onAction: (action) => this.#log(action),
    };
  }

  #server(): ReturnType<Observed['server']> {
    const { services } = this.running;
    if (services === undefined) return { version, node: '', state: 'starting' };
    const { identity, readiness } = services;
    const answer = readiness.check();
    return { version, node: identity.current, state: answer.ready ? 'ready' : answer.reason };
  }

  #reading(): ReturnType<Observed['reading']> {
    const { linesIn, deliveries } = this.metrics.totals;
    const { p99Ms, maxMs } = this.#loop.take();
    const gauges = {
      ...this.#counts(),
      loopDelayP99Ms: p99Ms,
      loopDelayMaxMs: maxMs,
      memoryBytes: process.memoryUsage.rss(),
    };
    return { gauges, counters: { linesPerSecond: linesIn, deliveriesPerSecond: deliveries } };
  }

  #counts() {
    const { services } = this.running;
    return {
      connections: services?.sessions.size ?? 0,
      users: services?.directory.size ?? 0,
      rooms: services?.seats.taken().length ?? 0,
    };
  }

  async #rooms(): ReturnType<Observed['rooms']> {
    const { services } = this.running;
    if (services === undefined) return { rooms: [], publicCount: 0, privateCount: 0 };
    this.#occupancy ??= new Occupancy(services.catalogue, services.directory, this.now);
    return this.#occupancy.view();
  }

  #restart(path: string): ActionOutcome {
    const actor = this.running.system?.at(path);
    if (actor === undefined) return 'not-found';
    // The root is not started again: that would be the end of the server.
    if (!path.includes('/')) return 'not-allowed';
    return restartActor(actor) ? 'done' : 'not-running';
  }

  #disconnect(target: number | string): ActionOutcome {
    const number = typeof target === 'number' ? target : Number(connectionPath.exec(target)?.[1]);
    const session = this.running.services?.sessions.get(number);
    if (session === undefined || session.isGone) return 'not-found';
    const { connection, peer } = session;
    const told = connection?.notify({ type: 'end', line: disconnected, reason: 'operator' });
    if (told !== 'sent') peer.destroy();
    return 'done';
  }

  #log({ action, target, by, outcome }: Action): void {
    this.running.services?.log.warn({ action, target, by, outcome }, `Operator: ${action}`);
  }
}
