import type { Socket } from 'node:net';
import type { CloseReason, Peer, PeerListener } from './peer';
import type { RemoteEnd } from './proxy-header';

export interface SocketPeerOptions {
  readonly transport: string;
  readonly isEncrypted: boolean;
}

/** How long a peer that is being closed may take to read what is left for it. */
const lingerMs = 2_000;

/** As much of what arrives meanwhile is read and dropped; who floods could keep the server at that. */
const lateBytesMax = 4_096;

/** More than this is not held back for a flush: it would hide that the peer does not read. */
const gatheredCharactersMax = 64 * 1024;

const deaf: PeerListener = { onData() {}, onDrain() {}, onEnd() {}, onClose() {} };

/** A {@link Peer} over a socket. Small when idle: there are ten thousand of them. */
export class SocketPeer implements Peer {
  readonly transport: string;
  readonly isEncrypted: boolean;
  #listener = deaf;
  readonly #socket: Socket;
  readonly #own: RemoteEnd;
  readonly #client: RemoteEnd;
  #gathered = '';
  // Kept here, since the stream works them out anew each time it is asked.
  isClogged = false;
  #isOpen = true;
  #lateBytes = 0;
  #closeReason: CloseReason = 'closed';

  /** `client` is who speaks, `own` who is at the socket's other end; the socket is paused. */
  constructor(
    {
      socket,
      own,
      client,
    }: { readonly socket: Socket; readonly own: RemoteEnd; readonly client: RemoteEnd },
    { transport, isEncrypted }: SocketPeerOptions,
  ) {
    this.#socket = socket;
    this.#own = own;
    this.#client = client;
    this.transport = transport;
    this.isEncrypted = isEncrypted;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('drain', () => {
      this.isClogged = false;
      this.#listener.onDrain();
    });
    socket.on('end', () => this.#listener.onEnd());
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#closeReason = error.code === 'ETIMEDOUT' ? 'timeout' : 'error';
    });
    socket.once('close', () => {
      this.#isOpen = false;
      this.#listener.onClose(this.#closeReason);
      this.#listener = deaf;
    });
  }

  get listener(): PeerListener {
    return this.#listener;
  }

  set listener(listener: PeerListener) {
    this.#listener = listener;
    // It may be gone already.
    if (this.#socket.destroyed) queueMicrotask(() => listener.onClose(this.#closeReason));
  }

  get address(): string {
    return this.#client.address;
  }

  get remoteEnd(): string {
    return `${this.#client.address}:${this.#client.port}`;
  }

  get socketEnd(): string {
    return `${this.#own.address}:${this.#own.port}`;
  }

  write(text: string): void {
    this.#gathered += text;
    if (this.#gathered.length > gatheredCharactersMax) this.flush();
  }

  flush(): void {
    if (this.#gathered === '') return;
    const text = this.#gathered;
    this.#gathered = '';
    if (this.#isOpen) this.isClogged = !this.#socket.write(text);
  }

  writeShared(bytes: Uint8Array): void {
    this.flush();
    if (this.#isOpen) this.isClogged = !this.#socket.write(bytes);
  }

  pause(): void {
    if (this.#isOpen) this.#socket.pause();
  }

  resume(): void {
    if (this.#isOpen) this.#socket.resume();
  }

  end(): void {
    this.flush();
    this.#isOpen = false;
    this.#socket.end();
    // What was on its way is read and dropped, or the close would reach the peer as a reset.
    this.#socket.resume();
    const timer = setTimeout(() => this.#socket.destroy(), lingerMs);
    this.#socket.once('close', () => clearTimeout(timer));
  }

  destroy(reason: CloseReason = 'closed'): void {
    this.#closeReason = reason;
    this.#isOpen = false;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#isOpen) {
      this.#listener.onData(chunk);
      return;
    }
    this.#lateBytes += chunk.length;
    if (this.#lateBytes >= lateBytesMax) this.#socket.pause();
  }
}
