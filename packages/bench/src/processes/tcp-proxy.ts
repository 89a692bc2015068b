import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One address of 127.0.0.1 that leads to a port of it, and to another when it is told to. */
export class TcpProxy {
  readonly #server = createServer({ noDelay: true }, (client) => this.#lead(client));
  readonly #sockets = new Set<Socket>();
  #port: number;
  #isStalled = false;

  private constructor(port: number) {
    this.#port = port;
  }

  /** Starts one that leads to `port`. */
  static async start(port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** Where it listens. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts all connections; new ones lead to `port`. */
  retarget(port: number): void {
    this.#port = port;
    this.#isStalled = false;
    this.#cut();
  }

  /** Passes nothing on any more, in either direction; what comes is lost. */
  stall(): void {
    this.#isStalled = true;
  }

  #lead(client: Socket): void {
    const target = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    this.#join(client, target);
    this.#join(target, client);
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (bytes) => {
      if (this.#isStalled || to.write(bytes)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
    // A reset or refusal is passed on as a close.
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Closes it and its connections. */
  async end(): Promise<void> {
    this.#server.close();
    this.#cut();
    await once(this.#server, 'close');
  }
}
