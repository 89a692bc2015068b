import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { StartError } from '@chat-server/supervision';
import type { Peer } from './peer';
import { TcpPeer } from './tcp-peer';
import { unansweredPeers } from './unanswered';
import type { OpenTransport, Transport, TransportListener } from './transport';

export interface TcpOptions {
  /** 0 for one that the system chooses. */
  readonly port: number;
  /** All addresses when not given. */
  readonly host?: string | undefined;
  readonly keepaliveMs: number;
}

/** A burst of logins must not be lost to the kernel. */
const backlog = 4_096;

/**
 * Plain TCP, for telnet and nc.
 *
 * It outlives whoever listens to it, so that nobody is turned away while one acceptor takes the
 * place of another.
 */
export class TcpTransport implements Transport {
  readonly name = 'tcp';
  #server: Server | undefined;
  #listener: TransportListener | undefined;
  #waiting: Peer[] = [];

  constructor(private readonly options: TcpOptions) {}

  async open(listener: TransportListener): Promise<OpenTransport> {
    this.#server ??= await this.#listen();
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const peer of waiting) listener.onPeer(peer);
    const { port } = this.#server.address() as AddressInfo;
    return {
      port,
      unanswered: () => unansweredPeers(port),
      release: () => {
        if (this.#listener === listener) this.#listener = undefined;
      },
    };
  }

  close(): void {
    this.#server?.close();
    this.#server = undefined;
    for (const peer of this.#waiting) peer.destroy();
    this.#waiting = [];
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
    server.on('connection', (socket: Socket) => this.#accept(new TcpPeer(socket)));
    server.listen({ port, backlog, ...(host !== undefined && { host }) });
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new StartError(whyNot(error as NodeJS.ErrnoException, port), { cause: error });
    }
    server.on('error', (error) => this.#listener?.onError(error));
    return server;
  }

  #accept(peer: Peer): void {
    if (this.#listener !== undefined) this.#listener.onPeer(peer);
    else if (this.#waiting.length < backlog) this.#waiting.push(peer);
    else peer.destroy();
  }
}

function whyNot({ code = '', message }: NodeJS.ErrnoException, port: number): string {
  const known = new Map([
    ['EADDRINUSE', `Port ${port} is taken by another program; choose one with --port.`],
    ['EACCES', `Port ${port} is not allowed to this user; choose one above 1023 with --port.`],
    ['EADDRNOTAVAIL', 'The address to listen on is not this machine’s; choose one with --host.'],
    ['ENOTFOUND', 'The address to listen on is not known; choose one with --host.'],
  ]);
  return known.get(code) ?? `Cannot listen on port ${port}: ${message}`;
}
