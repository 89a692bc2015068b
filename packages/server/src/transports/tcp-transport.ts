import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { StartError } from '@chat-server/supervision';
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

/** Plain TCP, for telnet and nc. */
export class TcpTransport implements Transport {
  readonly name = 'tcp';
  #port: number;

  constructor(private readonly options: TcpOptions) {
    this.#port = options.port;
  }

  async open(listener: TransportListener): Promise<OpenTransport> {
    const server = createServer({
      // What was piped into nc ends before its answers have come.
      allowHalfOpen: true,
      noDelay: true,
      // Nobody hears what it says until it has been handed to its session.
      pauseOnConnect: true,
      keepAlive: true,
      keepAliveInitialDelay: this.options.keepaliveMs,
    });
    server.on('connection', (socket: Socket) => listener.onPeer(new TcpPeer(socket)));
    await this.#listen(server);
    server.on('error', (error) => listener.onError(error));
    const port = this.#port;
    return {
      port,
      unanswered: () => unansweredPeers(port),
      close: () => void server.close(),
    };
  }

  async #listen(server: Server): Promise<void> {
    const { host } = this.options;
    server.listen({ port: this.#port, backlog, ...(host !== undefined && { host }) });
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new StartError(whyNot(error as NodeJS.ErrnoException, this.#port), { cause: error });
    }
    this.#port = (server.address() as AddressInfo).port;
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
