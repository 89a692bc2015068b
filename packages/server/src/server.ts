import { randomBytes } from 'node:crypto';
import {
  describeExit,
  type Report,
  type ReportSink,
  startSystem,
  systemClock,
  type TreeNode,
} from '@chat-server/supervision';
import type { AcceptorMessage } from './actors/acceptor-message';
import { AccountKeeper, type Passwords } from './accounts/account-keeper';
import { ScryptPasswords } from './accounts/scrypt-passwords';
import { Announcer } from './actors/announcer';
import { FanOutLoad, patienceAlone, patienceShared } from './actors/fan-out-load';
import { ModerationRecords } from './actors/moderation-records';
import { acceptorOf } from './actors/names';
import type { Services } from './actors/services';
import { Returns } from './actors/returns';
import { SeatTable } from './actors/seat';
import { SessionTable } from './actors/session-table';
import { chatTree } from './actors/tree';
import type { Registration } from './domain/accounts';
import { Directory } from './domain/directory';
import { FloodControl } from './domain/flood-control';
import { NodeIdentity } from './domain/node-identity';
import { networkOf } from './domain/network';
import { SanctionTable } from './domain/sanction-table';
import { Drain, type Drained } from './drain';
import { drainRoute } from './drain-route';
import { type HttpOptions, HttpServer } from './http/http-server';
import { Readiness } from './http/readiness';
import type { Route } from './http/route';
import type { Log } from './log/log';
import type { LiveSettings } from './live-settings';
import { reportsTo } from './log/report-log';
import { unreadableTo } from './log/unreadable-log';
import { MemoryKeeper } from './memory/memory-keeper';
import { type Metrics, noMetrics } from './metrics/metrics';
import { ModerationKeeper } from './moderation/moderation-keeper';
import { OperatorKeeper } from './moderation/operator-keeper';
import { OperatorsSide, type Running } from './operations/operators-side';
import { CheckedStore } from './store/checked-store';
import { MeteredStore } from './store/metered-store';
import { isShared, openStore } from './store/open-store';
import { recordShapes } from './store/record-shapes';
import type { Store } from './store/store';
import { StoredAccounts } from './store/account-catalogue';
import { StoredRooms } from './store/room-catalogue';
import type { ServiceManager } from './systemd/service-manager';
import type { AddressBlocks } from './transports/address-blocks';
import type { Certificate } from './transports/certificate';
import { TcpTransport } from './transports/tcp-transport';
import { TlsTransport } from './transports/tls-transport';
import type { Transport } from './transports/transport';

export interface ServerOptions {
  readonly port: number;
  /** All addresses when not given. */
  readonly host?: string | undefined;
  /** For TLS, with the certificate among the settings; none when not given. */
  readonly tlsPort?: number | undefined;
  /** Load balancers that say for whom they speak, always; none when not given. */
  readonly proxies?: AddressBlocks | undefined;
  /** No HTTP when not given. */
  readonly http?: HttpOptions | undefined;
  /** Who is told that it is alive; nobody when not given. */
  readonly manager?: ServiceManager | undefined;
  /** Told who asks over HTTP that the server drains itself; nobody can when not given. */
  readonly onDrain?: ((from: string) => void) | undefined;
  /** Its URL. */
  readonly store: string;
  readonly settings: LiveSettings;
  readonly faultInjection: boolean;
  readonly registration: Registration;
  readonly floodControl: boolean;
  /** Addresses by which nothing is counted; none when not given. */
  readonly floodExempt?: AddressBlocks | undefined;
}

/** Parts of a server that whoever embeds it brings along. */
export interface ServerParts {
  /** In the place of the one that the options name. */
  readonly store?: Store;
  /** In the place of those that take as long as passwords should. */
  readonly passwords?: Passwords;
  /** Ways to connect beside those of the options. */
  readonly transports?: readonly Transport[];
}

export interface ChatServer {
  /** Why the tree came to its end: after `stop`, or because its root gave up. */
  readonly ended: Promise<string>;
  /**
   * Drains the server of its people, in the times that its limits say, and stops the tree in order.
   * Called again, it waits for nothing more than that.
   */
  stop(): Promise<void>;
  tree(): TreeNode;
}

/** Starts a chat server. Resolves when it listens; rejects with the reason when it cannot. */
export async function startServer(
  options: ServerOptions,
  log: Log,
  parts: ServerParts = {},
): Promise<ChatServer> {
  const { limits } = options.settings;
  const transports = [...transportsOf(options), ...(parts.transports ?? [])];
  const observed: Running = { services: undefined, system: undefined };
  const operators = options.http && new OperatorsSide(observed, now);
  const services = servicesOf(options, log, operators?.metrics ?? noMetrics, parts, transports);
  observed.services = services;
  const http = httpOf(options, services.readiness, operators, log);
  const close = (): void => {
    for (const transport of transports) transport.close();
    http?.close();
    operators?.close();
  };
  const logged = reportsTo(log);
  const report: ReportSink = (each) => {
    logged(each);
    operators?.report(each);
  };
  // A start that fails is told once, by its cause, and not by every supervisor above it.
  let early: Report[] | undefined = [];
  const reports: ReportSink = (each) =>
    void (early === undefined ? report(each) : early.push(each));
  const started = await startSystem(
    chatTree(services, transports, (name) => observed.system?.whereIs(name), {
      http,
      manager: options.manager,
      observer: operators?.observer,
    }),
    { name: 'chat', reports },
  );
  if (!started.ok) {
    close();
    throw started.error;
  }
  early.forEach(report);
  early = undefined;
  const running = started.system;
  observed.system = running;
  const memory = new MemoryKeeper(() => services.sessions.size, log);
  const tellAcceptors = (message: AcceptorMessage): void => {
    for (const { name } of transports) running.whereIs(acceptorOf(name))?.notify(message);
  };
  const drain = new Drain(drained(services, tellAcceptors, isShared(options.store)), systemClock);
  const end = async (): Promise<void> => {
    await services.returns.settled();
    // Its names are free at once for those who connect to another node.
    await services.store.retire(services.identity.current);
    await running.stop();
    memory.close();
    close();
  };
  return {
    ended: running.ended.then(describeExit),
    stop: () => drain.stop(limits, end),
    tree: () => running.tree(),
  };
}

/** So late may a node hear of who is on another one. */
const newsMaxMs = 60_000;

/** The ways for people to connect. */
function transportsOf(options: ServerOptions): Transport[] {
  const { port, host, tlsPort, proxies, settings, floodControl, floodExempt } = options;
  const keepaliveMs = settings.limits.tcpKeepaliveMs;
  const tcp = new TcpTransport({ port, host, keepaliveMs, proxies });
  if (tlsPort === undefined) return [tcp];
  const certificate = (): Certificate => {
    if (settings.certificate === undefined) throw new Error('a port with TLS has a certificate');
    return settings.certificate;
  };
  const countedAs = (address: string): string | undefined =>
    floodControl && floodExempt?.has(address) !== true ? networkOf(address) : undefined;
  const tls = { port: tlsPort, host, keepaliveMs, proxies, certificate, countedAs };
  return [tcp, new TlsTransport(tls)];
}

/** The port for operators; none where there is no such option. */
function httpOf(
  options: ServerOptions,
  readiness: Readiness,
  operators: OperatorsSide | undefined,
  log: Log,
): HttpServer | undefined {
  if (options.http === undefined) return undefined;
  const routes = [...routesOf(options), ...(operators?.routes ?? [])];
  const onBug = (err: unknown): void => log.error({ err }, 'Cannot answer over HTTP');
  return new HttpServer(options.http, readiness, routes, onBug);
}

/** What operators may ask for over HTTP. */
function routesOf({ onDrain }: ServerOptions): readonly Route[] {
  return onDrain === undefined ? [] : [drainRoute(onDrain)];
}

/** What is done with people when the server is to stop; `isReplaced` where another one awaits them. */
function drained(
  services: Services,
  tellAcceptors: (message: AcceptorMessage) => void,
  isReplaced: boolean,
): Drained {
  const { readiness, returns, sessions } = services;
  return {
    turnAway: () => void (readiness.isDraining = true),
    announce(leftMs) {
      returns.expectAll();
      tellAcceptors({ type: 'announce', leftMs, isReplaced });
    },
    farewell() {
      readiness.isStopping = true;
      tellAcceptors({ type: 'farewell' });
    },
    emptied: () => sessions.emptied(),
  };
}

function now(): number {
  return systemClock.now();
}

/** The store as it is used: measured, and nothing of it taken for granted. */
function storeOf(kept: Store, log: Log, metrics: Metrics): Store {
  return new MeteredStore(new CheckedStore(kept, recordShapes, unreadableTo(log, now)), metrics);
}

function servicesOf(
  options: ServerOptions,
  log: Log,
  metrics: Metrics,
  parts: ServerParts,
  transports: readonly Transport[],
): Services {
  const { settings, faultInjection } = options;
  const { limits } = settings;
  const store = storeOf(parts.store ?? openStore(options.store, limits), log, metrics);
  const identity = new NodeIdentity(randomBytes(6).toString('hex'));
  const accounts = new AccountKeeper(
    new StoredAccounts(store),
    parts.passwords ?? new ScryptPasswords(),
    systemClock,
    options.registration,
  );
  const directory = new Directory();
  const records = new ModerationRecords(store, log);
  const moderation = new ModerationKeeper(store, records);
  const tls = transports.find((transport) => transport instanceof TlsTransport);
  return {
    identity,
    store,
    accounts,
    catalogue: new StoredRooms(store, systemClock, limits.historyLinesMax),
    directory,
    announcer: new Announcer(identity, directory, store),
    sessions: new SessionTable(),
    seats: new SeatTable(isShared(options.store) ? newsMaxMs : 0),
    returns: new Returns(store, now),
    records,
    moderation,
    operators: new OperatorKeeper({ store, accounts, moderation, records, now }),
    sanctions: new SanctionTable(),
    inbox: { readUpTo: 0 },
    load: new FanOutLoad(isShared(options.store) ? patienceShared : patienceAlone),
    flood: new FloodControl(limits, {
      isOn: options.floodControl,
      isExempt: (address) => options.floodExempt?.has(address) ?? false,
    }),
    readiness: new Readiness(),
    metrics,
    limits,
    decoding: {
      get lineBytesMax() {
        return limits.lineBytesMax;
      },
      decodeText,
    },
    faultInjection,
    get tlsPort() {
      return tls?.port;
    },
    get motd() {
      return settings.motd;
    },
    log,
  };
}

function decodeText(bytes: Uint8Array, start: number, end: number): string {
  // What sockets read is a Buffer already; only the decoder's own bytes are not.
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('utf8', start, end);
}
