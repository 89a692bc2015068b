import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const waitMaxMs = 15_000;

/** Someone who sends plain lines over TCP, as nc does. */
export class PlainClient {
  #received = '';

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (this.#received += text));
  }

  /** Connects, and is in the lobby under that name. */
  static async login(port: number, name: string): Promise<PlainClient> {
    const client = new PlainClient(connect({ port, host: '127.0.0.1' }));
    await client.#reads('Login:');
    client.enters(name);
    await client.#reads(`Welcome, ${name}.`);
    return client;
  }

  enters(line: string): void {
    this.socket.write(`${line}\n`);
  }

  async #reads(text: string): Promise<void> {
    const signal = AbortSignal.timeout(waitMaxMs);
    while (!this.#received.includes(text)) await once(this.socket, 'data', { signal });
  }
}
