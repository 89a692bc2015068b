/** The HTTP port that a server has beside its chat. */
export interface HttpSide {
  /**
   * Opens the port, where it is not open yet, and answers which it is; `onError` is told from now
   * on when it cannot accept any more. Throws a StartError that says what to do when it cannot.
   */
  open(onError: (error: Error) => void): Promise<number>;
  /** Closes the port, and the connections that it has. */
  close(): void;
}
