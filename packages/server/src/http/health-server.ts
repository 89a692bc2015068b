import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '@chat-server/supervision';
import { healthAnswer } from './health-answer';
import type { HttpSide } from './http-side';
import type { Readiness } from './readiness';

export interface HttpOptions {
  /** 0 for one that the system chooses. */
  readonly port: number;
  /** All addresses when not given. */
  readonly host?: string | undefined;
}

/** Small and short, since whoever asks for more is no health check. */
const bounds = {
  maxHeaderSize: 4_096,
  headersTimeout: 3_000,
  requestTimeout: 3_000,
  keepAliveTimeout: 3_000,
  // The timeouts above are looked at this often.
  connectionsCheckingInterval: 1_000,
};
const connectionsMax = 64;
const requestsPerConnectionMax = 100;
/** For whoever does not read what they are answered. */
const idleTimeoutMs = 5_000;

/**
 * Answers health checks over HTTP.
 *
 * It outlives whoever opens it, so that a part that starts again, and takes those after it along,
 * does not make a process that lives look dead.
 */
export class HealthServer implements HttpSide {
  #server: Server | undefined;
  #onError: ((error: Error) => void) | undefined;

  constructor(
    private readonly options: HttpOptions,
    private readonly readiness: Readiness,
  ) {}

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
    const server = createServer(bounds, (request, response) => this.#answer(request, response));
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

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '' } = request;
    const { status, body, headers } = healthAnswer(method, url, this.readiness);
    // A body is not read, so nothing can follow it.
    if (hasBody(request)) response.setHeader('Connection', 'close');
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return 'content-length' in headers || 'transfer-encoding' in headers;
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
