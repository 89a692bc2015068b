/** One end of a connection to the server, from which it is tried. */
export interface Link {
  send(bytes: Uint8Array): void;
  /** Sends nothing more, and still reads. */
  halfClose(): void;
  /** Is gone at once. */
  cut(): void;
  /** Reads no more, or reads again. */
  read(isReading: boolean): void;
  /** Resolves when the connection is over. */
  readonly over: Promise<void>;
  /** Told of what comes. */
  onData: (bytes: Uint8Array) => void;
}

/** How a link is made. */
export type Connect = () => Promise<Link>;
