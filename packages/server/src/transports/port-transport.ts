import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { StartError } from '@chat-server/supervision';
import type { AddressBlocks } from './address-blocks';
import { readFirstHeader } from './first-header';
import type { Peer } from './peer';
import type { RemoteEnd } from './proxy-header';
import { probePeers } from './tcp-table';
import type { OpenTransport, RefusalReason, Transport, TransportListener } from './transport';

export interface PortOptions {
  /** 0 for one that the system chooses. */
  readonly port: number;
  /** All addresses when not given. */
  readonly host?: string | undefined;
  readonly keepaliveMs: number;
  /** Whose connections begin with a PROXY header, always; those of nobody else do. */
  readonly proxies?: AddressBlocks | undefined;
}

/** A connection that nobody has read from. */
export interface Arrival {
  readonly socket: Socket;
  /** Who is at the socket's other end: a proxy, if there is one. */
  readonly own: RemoteEnd;
  /** Who speaks. */
  readonly client: RemoteEnd;
}

/** A burst of logins must not be lost to the kernel. */
const backlog = 4_096;
/** Connections that are not yet anyone's: a header or a handshake is missing. */
const unfinishedMax = 4_096;
const headerTimeoutMs = 5_000;

/**
 * A TCP port, and who connects to it, through proxies or not.
 *
 * It outlives whoever listens to it, so that nobody is turned away while one acceptor takes the
 * place of another.
 */
export abstract class PortTransport implements Transport {
  abstract readonly name: string;
  /** The option that chooses the port. */
  protected abstract readonly portOption: string;
  #server: Server | undefined;
  #listener: TransportListener | undefined;
  #waiting: Peer[] = [];
  readonly #unfinished = new Set<Socket>();

  constructor(private readonly options: PortOptions) {}

  /** Makes a peer of it sooner or later, for {@link deliver}, or refuses it. */
  protected abstract receive(arrival: Arrival): void;

  async open(listener: TransportListener): Promise<OpenTransport> {
    this.#server ??= await this.#listen();
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const peer of waiting) listener.onPeer(peer);
    const { port } = this.#server.address() as AddressInfo;
    return {
      port,
      probe: (unread) => probePeers(port, unread),
      release: () => {
        if (this.#listener === listener) this.#listener = undefined;
      },
    };
  }

  /** The one that is open, if it is. */
  get port(): number | undefined {
    return (this.#server?.address() as AddressInfo | null | undefined)?.port;
  }

  close(): void {
    this.#server?.close();
    this.#server = undefined;
    for (const peer of this.#waiting) peer.destroy();
    this.#waiting = [];
    for (const socket of this.#unfinished) socket.destroy();
  }

  protected deliver(peer: Peer): void {
    if (this.#server === undefined) peer.destroy();
    else if (this.#listener !== undefined) this.#listener.onPeer(peer);
    else if (this.#waiting.length < backlog) this.#waiting.push(peer);
    else peer.destroy();
  }

  /** Takes it for unfinished until what is returned is called, or it is closed; false: too many are. */
  protected unfinished({ socket, client }: Arrival): boolean {
    if (this.#unfinished.size >= unfinishedMax) {
      this.refuse(socket, client.address, 'too-many-unfinished');
      return false;
    }
    this.#unfinished.add(socket);
    socket.once('close', () => this.#unfinished.delete(socket));
    return true;
  }

  protected finished(socket: Socket): void {
    this.#unfinished.delete(socket);
  }

  protected refuse(socket: Socket, address: string, reason: RefusalReason): void {
    socket.destroy();
    this.#listener?.onRefused({ address, reason });
  }

  #accept(socket: Socket): void {
    // Until it has become a peer; it is closed then, which is all there is to know.
    socket.on('error', () => undefined);
    const own = {
      // A dual-stack socket shows IPv4 addresses as IPv6 ones.
      address: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
      port: socket.remotePort ?? 0,
    };
    const arrival = { socket, own, client: own };
    if (this.options.proxies?.has(own.address) === true) this.#acceptProxied(arrival);
    else this.receive(arrival);
  }

  #acceptProxied(arrival: Arrival): void {
    const { socket, own } = arrival;
    if (!this.unfinished(arrival)) return;
    readFirstHeader(socket, headerTimeoutMs, (first) => {
      this.finished(socket);
      switch (first.type) {
        case 'closed':
          socket.destroy();
          return;
        case 'missing':
          this.refuse(socket, own.address, 'no-proxy-header');
          return;
        case 'header':
          this.receive({ socket, own, client: first.client ?? own });
      }
    });
  }

  async #listen(): Promise<Server> {
    const { host, port, keepaliveMs } = this.options;
    const server = createServer({
      // What was piped into nc ends before its answers have come.
      allowHalfOpen: true,
      noDelay: true,
      // Nobody hears what it says until it has been handed to its session.
      pauseOnConnect: true,
      keepAlive: true,
      keepAliveInitialDelay: keepaliveMs,
    });
    server.on('connection', (socket: Socket) => this.#accept(socket));
    server.listen({ port, backlog, ...(host !== undefined && { host }) });
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new StartError(this.#whyNot(error as NodeJS.ErrnoException), { cause: error });
    }
    server.on('error', (error) => this.#listener?.onError(error));
    return server;
  }

  #whyNot({ code = '', message }: NodeJS.ErrnoException): string {
    const { port } = this.options;
    const choose = `choose one with ${this.portOption}.`;
    const chooseAbove = `choose one above 1023 with ${this.portOption}.`;
    const known = new Map([
      ['EADDRINUSE', `Port ${port} is taken by another program; ${choose}`],
      ['EACCES', `Port ${port} is not allowed to this user; ${chooseAbove}`],
      ['EADDRNOTAVAIL', 'The address to listen on is not this machine’s; choose one with --host.'],
      ['ENOTFOUND', 'The address to listen on is not known; choose one with --host.'],
    ]);
    return known.get(code) ?? `Cannot listen on port ${port}: ${message}`;
  }
}
