import type { Peer } from './peer';

/** A way for people to connect. */
export interface Transport {
  /** `tcp`; the first part of where it is in the tree. */
  readonly name: string;
  /**
   * Opens the port and hands over each connection; where it is open already, hands them over to
   * this listener from now on, those first that came while there was none. Throws a StartError that
   * says what to do when it cannot.
   */
  open(listener: TransportListener): Promise<OpenTransport>;
  /** Accepts no more; connections stay. */
  close(): void;
}

export interface TransportListener {
  onPeer(peer: Peer): void;
  /** It cannot accept any more. */
  onError(error: Error): void;
  /** Someone was turned away before they were a peer. */
  onRefused(refused: Refused): void;
}

export interface Refused {
  readonly address: string;
  readonly reason: RefusalReason;
}

/**
 * `no-proxy-header`: a proxy did not say for whom it speaks. `no-handshake`: it does not speak TLS, or
 * not in time. The others are limits of what is not finished: of all, and of one address.
 */
export type RefusalReason =
  'no-proxy-header' | 'no-handshake' | 'too-many-handshakes' | 'too-many-unfinished';

/** Remote ends, as `address:port`. */
export interface Probed {
  /** To which something is being sent again and again without an answer. */
  readonly unanswered: ReadonlySet<string>;
  /** Of those that are not read from, who seems to be gone; true of whom it is said twice. */
  readonly gone: ReadonlySet<string>;
}

export interface OpenTransport {
  readonly port: number;
  /** Asks the kernel of its connections; `unread`: the remote ends that are not read from. */
  probe(unread: ReadonlySet<string>): Promise<Probed>;
  /** Hands over no more: connections wait for the next to open it. */
  release(): void;
}
