import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { eventually } from './eventually';

const present = new Set<ChatClient>();

/** Somebody at a terminal. */
export class ChatClient {
  #received = '';

  private constructor(
    readonly name: string,
    private readonly socket: Socket,
  ) {
    socket.on('data', (chunk: Buffer) => (this.#received += chunk.toString('latin1')));
    // A connection that is lost is seen by what is not received any more.
    socket.on('error', () => undefined);
    present.add(this);
  }

  /** Ends all connections, also those to machines that are no more and will not say so. */
  static allLeave(): void {
    for (const client of present) client.leave();
  }

  /** Connects, and logs in. */
  static async join(name: string, address: string, port: number): Promise<ChatClient> {
    const socket = connect(port, address);
    await once(socket, 'connect');
    const client = new ChatClient(name, socket);
    await client.sees('Login:');
    client.says(name);
    await client.sees(`Welcome, ${name}.`);
    return client;
  }

  says(line: string): void {
    this.socket.write(`${line}\r\n`);
  }

  /** Waits until this has been received, since the start or the last {@link forget}. */
  async sees(text: string, secondsMax = 10): Promise<void> {
    await eventually(`${this.name} sees ${text} in ${this.#received}`, secondsMax, () =>
      this.#received.includes(text),
    );
  }

  has(text: string): boolean {
    return this.#received.includes(text);
  }

  forget(): void {
    this.#received = '';
  }

  get received(): string {
    return this.#received;
  }

  get isConnected(): boolean {
    return !this.socket.destroyed && !this.socket.readableEnded;
  }

  leave(): void {
    present.delete(this);
    this.socket.destroy();
  }
}

/** Whether somebody who connects is asked for a name. */
export async function asksForName(address: string, port: number): Promise<boolean> {
  const socket = connect(port, address);
  try {
    await once(socket, 'connect');
    const signal = AbortSignal.timeout(5000);
    for (let received = ''; !received.includes('Login:');) {
      const [chunk] = (await once(socket, 'data', { signal })) as [Buffer];
      received += chunk.toString('latin1');
    }
    return true;
  } finally {
    socket.destroy();
  }
}
