import { randomBytes } from 'node:crypto';
import {
  type ActorSystem,
  describeExit,
  type Report,
  type ReportSink,
  startSystem,
  systemClock,
  type TreeNode,
} from '@chat-server/supervision';
import { Announcer } from './actors/announcer';
import { FanOutLoad, patienceAlone, patienceShared } from './actors/fan-out-load';
import { acceptorName } from './actors/names';
import type { Services } from './actors/services';
import { SeatTable } from './actors/seat';
import { SessionTable } from './actors/session-table';
import { chatTree } from './actors/tree';
import { Directory } from './domain/directory';
import type { Limits } from './domain/limits';
import { NodeIdentity } from './domain/node-identity';
import { HealthServer, type HttpOptions } from './http/health-server';
import { Readiness } from './http/readiness';
import type { Log } from './log/log';
import { reportsTo } from './log/report-log';
import { isShared, openStore } from './store/open-store';
import { StoredRooms } from './store/room-catalogue';
import type { ServiceManager } from './systemd/service-manager';
import { TcpTransport } from './transports/tcp-transport';

export interface ServerOptions {
  readonly port: number;
  /** All addresses when not given. */
  readonly host?: string | undefined;
  /** No HTTP when not given. */
  readonly http?: HttpOptions | undefined;
  /** Who is told that it is alive; nobody when not given. */
  readonly manager?: ServiceManager | undefined;
  /** Its URL. */
  readonly store: string;
  readonly limits: Limits;
  readonly motd: readonly string[];
  readonly faultInjection: boolean;
}

export interface ChatServer {
  /** Why the tree came to its end: after `stop`, or because its root gave up. */
  readonly ended: Promise<string>;
  /**
   * Accepts no more, tells users, waits for them to be gone (at most `shutdownTimeoutMs`), and
   * stops the tree in order.
   */
  stop(): Promise<void>;
  tree(): TreeNode;
}

/** Starts a chat server. Resolves when it listens; rejects with the reason when it cannot. */
export async function startServer(options: ServerOptions, log: Log): Promise<ChatServer> {
  const { limits } = options;
  const { port, host, manager } = options;
  const transport = new TcpTransport({ port, host, keepaliveMs: limits.tcpKeepaliveMs });
  const services = servicesOf(options, log);
  const http = options.http && new HealthServer(options.http, services.readiness);
  const report = reportsTo(log);
  // A start that fails is told once, by its cause, and not by every supervisor above it.
  let early: Report[] | undefined = [];
  const reports: ReportSink = (each) =>
    void (early === undefined ? report(each) : early.push(each));
  let system: ActorSystem | undefined;
  const started = await startSystem(
    chatTree(services, transport, (name) => system?.whereIs(name), { http, manager }),
    { name: 'chat', reports },
  );
  if (!started.ok) {
    transport.close();
    http?.close();
    throw started.error;
  }
  early.forEach(report);
  early = undefined;
  const running = started.system;
  system = running;
  return {
    ended: running.ended.then(describeExit),
    async stop() {
      services.readiness.isStopping = true;
      running.whereIs(acceptorName)?.notify({ type: 'farewell' });
      await services.sessions.emptied(limits.shutdownTimeoutMs);
      // Its names are free at once for those who connect to another node.
      await services.store.retire(services.identity.current);
      await running.stop();
      transport.close();
      http?.close();
    },
    tree: () => running.tree(),
  };
}

function servicesOf(options: ServerOptions, log: Log): Services {
  const { limits, motd, faultInjection } = options;
  const store = openStore(options.store, limits);
  const identity = new NodeIdentity(randomBytes(6).toString('hex'));
  const directory = new Directory();
  return {
    identity,
    store,
    catalogue: new StoredRooms(store, systemClock, limits.historyLinesMax),
    directory,
    announcer: new Announcer(identity, directory, store),
    sessions: new SessionTable(),
    seats: new SeatTable(),
    inbox: { readUpTo: 0 },
    load: new FanOutLoad(isShared(options.store) ? patienceShared : patienceAlone),
    readiness: new Readiness(),
    limits,
    decoding: { lineBytesMax: limits.lineBytesMax, decodeText },
    faultInjection,
    motd,
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
