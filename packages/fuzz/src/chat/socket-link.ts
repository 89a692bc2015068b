import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Link } from './link';

/** A link over a real socket on this machine. */
export async function connectTo(port: number): Promise<Link> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  await once(socket, 'connect');
  return new SocketLink(socket);
}

class SocketLink implements Link {
  readonly over: Promise<void>;
  onData = (_bytes: Uint8Array): void => undefined;

  constructor(private readonly socket: Socket) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    socket.on('data', (bytes: Buffer) => this.onData(bytes));
    socket.on('end', () => socket.end());
    // It is closed then, which is all there is to know.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  }

  send(bytes: Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  halfClose(): void {
    this.socket.end();
  }

  cut(): void {
    // A reset waits for what is being sent, which of a socket that has ended is never over.
    if (this.socket.writableEnded) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }

  read(isReading: boolean): void {
    if (isReading) this.socket.resume();
    else this.socket.pause();
  }
}
