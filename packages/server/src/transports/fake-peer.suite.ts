import { Transcript } from '../transcript.suite';
import type { CloseReason, Peer, PeerListener } from './peer';

const deaf: PeerListener = { onData() {}, onDrain() {}, onEnd() {}, onClose() {} };

/** A person at a terminal without a network between: what they are sent is theirs at once. */
export class FakePeer implements Peer {
  readonly transport = 'fake';
  readonly remoteEnd: string;
  isEncrypted = false;
  listener = deaf;
  /** As a socket that nobody has begun to read. */
  isPaused = true;
  /** Whether the server has closed its side. */
  isEnded = false;
  isDestroyed = false;
  /** What was shared with others, by identity. */
  readonly shared: Uint8Array[] = [];
  readonly transcript: Transcript;
  readonly #unread: Uint8Array[] = [];
  #hasEndedInput = false;
  #gathered = '';
  #capacity = Infinity;

  constructor(
    name: string,
    readonly address = '127.0.0.1',
  ) {
    this.transcript = new Transcript(name);
    this.remoteEnd = `${address}:${name}`;
  }

  get socketEnd(): string {
    return this.remoteEnd;
  }

  get isClogged(): boolean {
    return this.#capacity <= 0;
  }

  /** Takes that many bytes more at the least, and then no more until {@link drain}. */
  takeOnly(bytes: number): void {
    this.#capacity = bytes;
  }

  drain(): void {
    this.#capacity = Infinity;
    this.listener.onDrain();
  }

  /** Types lines, each ended as nc does. */
  types(...lines: readonly string[]): void {
    for (const line of lines) this.sends(Buffer.from(`${line}\n`));
  }

  sends(bytes: Uint8Array): void {
    if (this.isPaused) this.#unread.push(bytes);
    else this.listener.onData(bytes);
  }

  /** Sends nothing more, and still reads. */
  endsInput(): void {
    this.#hasEndedInput = true;
    if (!this.isPaused) this.listener.onEnd();
  }

  hangsUp(reason: CloseReason = 'closed'): void {
    this.isDestroyed = true;
    this.listener.onClose(reason);
    this.listener = deaf;
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
    this.shared.push(bytes);
    this.#take(bytes);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    for (const bytes of this.#unread.splice(0)) this.listener.onData(bytes);
    if (this.#hasEndedInput) this.listener.onEnd();
  }

  end(): void {
    this.flush();
    this.isEnded = true;
    this.transcript.end();
    queueMicrotask(() => this.hangsUp());
  }

  destroy(): void {
    this.hangsUp();
  }

  #take(bytes: Uint8Array): void {
    if (this.isEnded || this.isDestroyed) return;
    this.#capacity -= bytes.length;
    this.transcript.feed(bytes);
  }
}
