/** What is known of one writer's lines in the end. */
export interface WriterLines {
  /** It has written the numbers 1 to `sent`. */
  readonly sent: number;
  /** How often it was told that a line was not sent. */
  readonly refused: number;
  /** How many it had written each time its node was killed. */
  readonly killedAt: readonly number[];
  /** The numbers that anyone has seen. */
  readonly seen: ReadonlySet<number>;
}

/** What became of them. */
export interface WriterAccount {
  /** Lines that were seen. */
  readonly accepted: number;
  /** Lines that were not seen and had gone to a node that was killed then. */
  readonly gone: number;
  /** Lines that nobody saw, though their writer was not told so. */
  readonly lost: number;
  /** Lines that were seen though their writer was told otherwise, or was never to write them. */
  readonly invented: number;
}

/**
 * Accounts for one writer's lines. A refusal does not say which line it means, so they are counted:
 * as many must be missing as were refused. What a killed node takes with it are the last lines it
 * was sent, and nothing before one that was seen.
 */
export function accountOf({ sent, refused, killedAt, seen }: WriterLines): WriterAccount {
  const gone = new Set<number>();
  for (const count of killedAt) {
    for (let number = count; number > 0 && !seen.has(number); number--) gone.add(number);
  }
  const accepted = [...seen].filter((number) => number <= sent).length;
  const unexplained = sent - accepted - gone.size;
  return {
    accepted,
    // A refusal may have been for one of those that seem to have gone with the node.
    gone: gone.size - Math.min(gone.size, Math.max(0, refused - unexplained)),
    lost: Math.max(0, unexplained - refused),
    invented: seen.size - accepted + Math.max(0, refused - unexplained - gone.size),
  };
}
