/** What a server did wrong, each a count that must be 0. */
export interface Faults {
  /** Lines that a receiver was never sent. */
  readonly lost: number;
  /** Lines that a receiver got again, or an author's own lines sent back. */
  readonly duplicated: number;
  /** Lines behind a later one of the same writer, and receivers that saw another order than most. */
  readonly reordered: number;
  /** Counted lines that were cut, joined or sent to someone they were not meant for. */
  readonly damaged: number;
  /** Connections that the server closed. */
  readonly closed: number;
}

/** Nothing went wrong. */
export const noFaults: Faults = { lost: 0, duplicated: 0, reordered: 0, damaged: 0, closed: 0 };

/** Both counts taken together. */
export function addFaults(a: Faults, b: Faults): Faults {
  return {
    lost: a.lost + b.lost,
    duplicated: a.duplicated + b.duplicated,
    reordered: a.reordered + b.reordered,
    damaged: a.damaged + b.damaged,
    closed: a.closed + b.closed,
  };
}

/** Whether anything at all went wrong. */
export function hasFaults(faults: Faults): boolean {
  return Object.values(faults).some((count) => count > 0);
}
