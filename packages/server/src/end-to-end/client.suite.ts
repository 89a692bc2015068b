import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Transcript } from '../transcript.suite';

const open = new Set<Socket>();

afterEach(() => {
  for (const socket of open) socket.destroy();
  open.clear();
});

/** Someone who is connected over TCP and sends lines as nc does. */
export class Client {
  readonly transcript: Transcript;
  /** Resolves when the connection is gone, with the error that it was lost by. */
  readonly closed: Promise<Error | undefined>;

  private constructor(
    readonly name: string,
    readonly socket: Socket,
  ) {
    this.transcript = new Transcript(name);
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    this.closed = promise;
    let lost: Error | undefined;
    socket.on('data', (chunk: Buffer) => this.transcript.feed(chunk));
    socket.on('error', (error) => (lost = error));
    socket.once('close', () => {
      open.delete(socket);
      this.transcript.end();
      resolve(lost);
    });
  }

  /** Connects, and says nothing yet. */
  static async connect(port: number, name = 'someone'): Promise<Client> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    open.add(socket);
    const client = new Client(name, socket);
    await once(socket, 'connect');
    return client;
  }

  /** Connects and logs in. */
  static async login(port: number, name: string): Promise<Client> {
    const client = await Client.connect(port, name);
    await client.reads('Login:');
    client.types(name);
    await client.sees(`Welcome, ${name}.`, 'Type /help to see available commands.');
    return client;
  }

  types(...lines: readonly string[]): void {
    this.socket.write(lines.map((line) => `${line}\n`).join(''));
  }

  sees(...lines: readonly string[]): Promise<void> {
    return this.transcript.sees(...lines);
  }

  reads(text: string): Promise<void> {
    return this.transcript.reads(text);
  }

  /** Types a line, and expects these as the next ones. */
  async does(line: string, ...lines: readonly string[]): Promise<void> {
    this.types(line);
    await this.sees(...lines);
  }

  /** Is cut off, without a goodbye. */
  async reset(): Promise<void> {
    this.socket.resetAndDestroy();
    await this.closed;
  }
}
