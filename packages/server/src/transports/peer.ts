/**
 * One person's end of a connection, whatever carries it.
 *
 * What is written for this peer alone is gathered until `flush`; what it shares with others is sent
 * at once, behind what was gathered. Writing to a peer that is closed does nothing.
 */
export interface Peer {
  readonly transport: string;
  /** Whether nobody on the way can read it. */
  readonly isEncrypted: boolean;
  /** Theirs, also where a proxy that is known stands between. */
  readonly address: string;
  /** `address:port`. */
  readonly remoteEnd: string;
  /** The same of the connection's other end, as the kernel knows it: a proxy's, if there is one. */
  readonly socketEnd: string;
  /** Whether it has not taken what it was sent: write nothing more until `onDrain`. */
  readonly isClogged: boolean;
  write(text: string): void;
  flush(): void;
  writeShared(bytes: Uint8Array): void;
  /** Stops, and takes up again, reading from it; at first nothing is read. */
  pause(): void;
  resume(): void;
  /** Sends what was gathered, then closes; a peer that does not read is cut off soon after. */
  end(): void;
  /** Closes at once; the reason is told to the listener. */
  destroy(reason?: CloseReason): void;
  /** Who is told of what happens; replaces whoever was told before. */
  listener: PeerListener;
}

export interface PeerListener {
  onData(chunk: Uint8Array): void;
  onDrain(): void;
  /** It sends nothing more, and still reads: the end of what was piped into nc, say. */
  onEnd(): void;
  /** Once, and the last call. */
  onClose(reason: CloseReason): void;
}

/** Why a connection is over, from the transport's view. */
export type CloseReason = 'closed' | 'error' | 'timeout';
