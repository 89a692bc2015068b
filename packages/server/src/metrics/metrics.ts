/** How an operation of the store ended; `error`: it threw, which is a bug or a broken file. */
export type StoreOutcome = 'ok' | 'store-away' | 'error';

/**
 * What the server counts for its operators, told as it happens. No call throws, waits or keeps
 * anything of what it is given. What comes with every line only adds to a number; a time that is
 * told costs about a microsecond, so it is told once a flush and not once a line. What can be read
 * off the server's tables is not told, but looked up when someone asks.
 */
export interface Metrics {
  /** A user's line was read and is about to be handled. */
  lineIn(): void;
  /** Lines went into outboxes: how many, over all members, and how many bytes of them. */
  delivered(lines: number, bytes: number): void;
  /** From a line's arrival at its socket to the last outbox of its room on this node. */
  fanOutTook(ms: number): void;
  /** Someone was not let in, or something not done; the reason is one of a few. */
  refused(reason: string): void;
  /** A reader was too slow: so many lines were never sent to them. */
  linesSkipped(lines: number): void;
  /** The store has done what it was asked, or has not. */
  storeTook(operation: string, ms: number, outcome: StoreOutcome): void;
  /** A supervisor started an actor of this role again. */
  restarted(role: string): void;
  /** An actor of this role threw. */
  crashed(role: string): void;
  /** The mailbox of an actor of this role began to refuse messages. */
  mailboxFilled(role: string): void;
}

function nothing(): void {}

/** Counts nothing: for a server that nobody can ask, and for tests. */
export const noMetrics: Metrics = {
  lineIn: nothing,
  delivered: nothing,
  fanOutTook: nothing,
  refused: nothing,
  linesSkipped: nothing,
  storeTook: nothing,
  restarted: nothing,
  crashed: nothing,
  mailboxFilled: nothing,
};
