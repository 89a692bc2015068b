import type { Peer } from './peer';

/** A way for people to connect. */
export interface Transport {
  /** `tcp`; the first part of where it is in the tree. */
  readonly name: string;
  /**
   * Opens the port and hands over each connection. A port chosen by the system stays the same when
   * it is opened again. Throws a StartError that says what to do when it cannot.
   */
  open(listener: TransportListener): Promise<OpenTransport>;
}

export interface TransportListener {
  onPeer(peer: Peer): void;
  /** It cannot accept any more. */
  onError(error: Error): void;
}

export interface OpenTransport {
  readonly port: number;
  /** The remote ends to which something is being sent again and again without an answer. */
  unanswered(): Promise<ReadonlySet<string>>;
  /** Accepts no more; connections stay. */
  close(): void;
}
