import { constants } from 'node:crypto';
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from 'node:tls';
import { type Finished, Handshakes } from './handshakes';
import { type Arrival, type PortOptions, PortTransport } from './port-transport';
import { SocketPeer } from './socket-peer';
import type { Certificate } from './certificate';

export interface TlsOptions extends PortOptions {
  /** What it shows to those who connect, asked for each time: it may be another one by then. */
  readonly certificate: () => Certificate;
  /** What an address is counted as; as nothing where it stands for many people. */
  readonly countedAs: (address: string) => string | undefined;
  /** How long a client may take until it is encrypted; 10 s when not given. */
  readonly handshakeTimeoutMs?: number;
}

/** An unfinished one costs about as much as an idle connection. */
const handshakeLimits = { runningMax: 1_024, perNetworkMax: 128, failureMs: 60_000 };

interface Handshake {
  readonly arrival: Arrival;
  readonly secured: () => void;
}

/** TLS, 1.2 and later (RFC 8996), on a port of its own: it begins with the first byte. */
export class TlsTransport extends PortTransport {
  readonly name = 'tls';
  protected readonly portOption = '--tls-port';
  readonly #certificate: () => Certificate;
  readonly #countedAs: (address: string) => string | undefined;
  readonly #timeoutMs: number;
  readonly #tls: Server;
  readonly #handshakes = new Handshakes(handshakeLimits);
  /** By the socket's other end, since the encrypted one has no other sign of it. */
  readonly #running = new Map<string, Handshake>();
  #shown: Certificate;

  constructor(options: TlsOptions) {
    super(options);
    this.#certificate = options.certificate;
    this.#countedAs = options.countedAs;
    this.#timeoutMs = options.handshakeTimeoutMs ?? 10_000;
    this.#shown = options.certificate();
    this.#tls = createServer({ ...contextOptions(this.#shown), pauseOnConnect: true });
    this.#tls.on('secureConnection', (socket) => this.#secured(socket));
    this.#tls.on('tlsClientError', (error, socket) => this.#failed(error, socket));
  }

  protected receive(arrival: Arrival): void {
    const { socket, client } = arrival;
    if (!this.unfinished(arrival)) return;
    const isAdmitted = this.#handshakes.admit(this.#countedAs(client.address), (finished) =>
      this.#begin(arrival, finished),
    );
    if (!isAdmitted) this.refuse(socket, client.address, 'too-many-handshakes');
  }

  #begin(arrival: Arrival, finished: Finished): void {
    const { socket, own, client } = arrival;
    if (socket.destroyed) {
      finished(false);
      return;
    }
    const key = keyOf(own.address, own.port);
    // However little it sends at a time, as no timeout of the socket's own would see.
    const timer = setTimeout(
      () => this.refuse(socket, client.address, 'no-handshake'),
      this.#timeoutMs,
    );
    const finish = (isSecured: boolean): void => {
      clearTimeout(timer);
      socket.off('close', failed);
      this.#running.delete(key);
      this.finished(socket);
      finished(!isSecured && socket.bytesRead > 0);
    };
    const failed = (): void => finish(false);
    socket.once('close', failed);
    this.#running.set(key, { arrival, secured: () => finish(true) });
    this.#showCurrent();
    // Whoever goes before they are encrypted is gone; afterwards, they may still read.
    socket.allowHalfOpen = false;
    this.#tls.emit('connection', socket);
  }

  #secured(socket: TLSSocket): void {
    const handshake = this.#handshakeOf(socket);
    if (handshake === undefined) {
      socket.destroy();
      return;
    }
    const { arrival, secured } = handshake;
    secured();
    // As it is with a plain one: nobody hears what it says until it is handed to its session.
    socket.pause();
    socket.allowHalfOpen = true;
    this.deliver(new SocketPeer({ ...arrival, socket }, { transport: 'tls', isEncrypted: true }));
  }

  /** One that was only looked at, as load balancers do, has failed nothing. */
  #failed({ code }: NodeJS.ErrnoException, socket: TLSSocket): void {
    const handshake = code === 'ECONNRESET' ? undefined : this.#handshakeOf(socket);
    if (handshake === undefined) return;
    const { client, socket: own } = handshake.arrival;
    this.refuse(own, client.address, 'no-handshake');
  }

  #handshakeOf({ remoteAddress, remotePort }: TLSSocket): Handshake | undefined {
    return this.#running.get(keyOf(remoteAddress, remotePort));
  }

  #showCurrent(): void {
    const certificate = this.#certificate();
    if (certificate === this.#shown) return;
    this.#shown = certificate;
    this.#tls.setSecureContext(contextOptions(certificate));
  }
}

function keyOf(address = '', port = 0): string {
  return `${address.replace(/^::ffff:/, '')}:${port}`;
}

function contextOptions({ certificate, key }: Certificate): SecureContextOptions {
  return {
    cert: certificate,
    key,
    minVersion: 'TLSv1.2',
    // A client could ask for handshake after handshake.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  };
}
