import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '@chat-server/supervision';
import { EventConnections } from './event-connection';
import type { HttpSide } from './http-side';
import type { Readiness } from './readiness';
import { Responder } from './responder';
import type { Route } from './route';

export interface HttpOptions {
  /** 0 for one that the system chooses. */
  readonly port: number;
  /** All addresses when not given. */
  readonly host?: string | undefined;
  /** Who has it may see and do what is not everyone's; this machine alone when not given. */
  readonly token?: string | undefined;
}

/** Small and short, since whoever asks for more is no health check and no operator. */
const bounds = {
  maxHeaderSize: 8_192,
  headersTimeout: 3_000,
  requestTimeout: 3_000,
  keepAliveTimeout: 3_000,
  // The timeouts above are looked at this often.
  connectionsCheckingInterval: 1_000,
};
const connectionsMax = 64;
/** Of these, streams of events, so that those who watch leave room for those who check. */
const eventStreamsMax = 16;
const requestsPerConnectionMax = 1_000;
/** For whoever does not read what they are answered. */
const idleTimeoutMs = 5_000;

/**
 * The HTTP port: health and readiness for everyone, and the routes it is given for operators.
 *
 * It outlives whoever opens it, so that a part that starts again, and takes those after it along,
 * does not make a process that lives look dead.
 */
export class HttpServer implements HttpSide {
  #server: Server | undefined;
  #onError: ((error: Error) => void) | undefined;
  readonly #responder: Responder;

  constructor(
    private readonly options: HttpOptions,
    readiness: Readiness,
    routes: readonly Route[] = [],
    onBug: (error: unknown) => void = () => undefined,
  ) {
    const events = new EventConnections(eventStreamsMax);
    this.#responder = new Responder({ readiness, routes, events, onBug, token: options.token });
  }

  async open(onError: (error: Error) => void): Promise<number> {
    this.#server ??= await this.#listen();
    this.#onError = onError;
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
  }

  async #listen(): Promise<Server> {
    const { host, port } = this.options;
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#responder.respond(request, response);
    const server = createServer(bounds, answer);
    server.maxConnections = connectionsMax;
    server.maxRequestsPerSocket = requestsPerConnectionMax;
    server.timeout = idleTimeoutMs;
    server.listen({ port, ...(host !== undefined && { host }) });
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new StartError(whyNot(error as NodeJS.ErrnoException, port), { cause: error });
    }
    server.on('error', (error) => this.#onError?.(error));
    return server;
  }
}

function whyNot({ code = '', message }: NodeJS.ErrnoException, port: number): string {
  const known = new Map([
    [
      'EADDRINUSE',
      `HTTP port ${port} is taken by another program; choose one with --http-port, or none with --no-http.`,
    ],
    [
      'EACCES',
      `HTTP port ${port} is not allowed to this user; choose one above 1023 with --http-port.`,
    ],
    ['EADDRNOTAVAIL', 'The address for HTTP is not this machine’s; choose one with --http-host.'],
    ['ENOTFOUND', 'The address for HTTP is not known; choose one with --http-host.'],
  ]);
  return known.get(code) ?? `Cannot listen on HTTP port ${port}: ${message}`;
}
