import type { CloseReason, Peer, PeerListener } from 'chat-server/src/transports/peer';
import type {
  OpenTransport,
  Transport,
  TransportListener,
} from 'chat-server/src/transports/transport';
import type { Link } from './link';

const deaf: PeerListener = { onData() {}, onDrain() {}, onEnd() {}, onClose() {} };

/** Connections without a network, for the whole way behind it. */
export class FakeTransport implements Transport {
  readonly name = 'fake';
  #listener: TransportListener | undefined;
  #count = 0;

  open(listener: TransportListener): Promise<OpenTransport> {
    this.#listener = listener;
    return Promise.resolve({
      port: 1,
      probe: () => Promise.resolve({ unanswered: new Set(), gone: new Set() }),
      release: () => void (this.#listener = undefined),
    });
  }

  close(): void {
    this.#listener = undefined;
  }

  connect(): Link {
    const count = ++this.#count;
    // Each has an address of its own, so that nobody pays for another one's wrong passwords.
    const address = `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
    const link = new FakeLink(address, count);
    this.#listener?.onPeer(link);
    return link;
  }
}

/** Both ends in one. */
class FakeLink implements Peer, Link {
  readonly transport = 'fake';
  readonly isEncrypted = false;
  readonly remoteEnd: string;
  readonly socketEnd: string;
  listener = deaf;
  isClogged = false;
  readonly over: Promise<void>;
  onData = (_bytes: Uint8Array): void => undefined;
  readonly #isOver: () => void;
  #unread: Uint8Array[] = [];
  #isPaused = true;
  #hasEnded = false;
  #isOpen = true;
  #isReading = true;
  #gathered = '';

  constructor(
    readonly address: string,
    port: number,
  ) {
    this.remoteEnd = `${address}:${port}`;
    this.socketEnd = this.remoteEnd;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    this.#isOver = resolve;
  }

  send(bytes: Uint8Array): void {
    if (!this.#isOpen || this.#hasEnded) return;
    if (this.#isPaused) this.#unread.push(bytes);
    else this.listener.onData(bytes);
  }

  end(): void {
    this.flush();
    this.#close('closed');
  }

  halfClose(): void {
    if (this.#hasEnded || !this.#isOpen) return;
    this.#hasEnded = true;
    if (!this.#isPaused) this.listener.onEnd();
  }

  cut(): void {
    this.#close('error');
  }

  read(isReading: boolean): void {
    this.#isReading = isReading;
    if (!isReading || !this.isClogged || !this.#isOpen) return;
    this.isClogged = false;
    this.listener.onDrain();
  }

  write(text: string): void {
    this.#gathered += text;
  }

  flush(): void {
    const text = this.#gathered;
    this.#gathered = '';
    if (text !== '') this.#take(Buffer.from(text));
  }

  writeShared(bytes: Uint8Array): void {
    this.flush();
    this.#take(bytes);
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    const unread = this.#unread;
    this.#unread = [];
    for (const bytes of unread) this.listener.onData(bytes);
    if (this.#hasEnded) this.listener.onEnd();
  }

  destroy(reason: CloseReason = 'closed'): void {
    this.#close(reason);
  }

  #take(bytes: Uint8Array): void {
    if (!this.#isOpen) return;
    this.onData(bytes);
    if (!this.#isReading) this.isClogged = true;
  }

  #close(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // As a socket does, when whoever closed it has done what it was doing.
    setImmediate(() => {
      this.listener.onClose(reason);
      this.listener = deaf;
      this.#isOver();
    });
  }
}
