/** Waiting before a restart: longer each time, and back to the start after a quiet time. */
export interface Backoff {
  readonly minMs: number;
  readonly maxMs: number;
  /** How much longer each wait is than the one before; 2 when not given. */
  readonly factor?: number;
  /** 0 to 1: how much of a wait is left to chance, so that many do not come back at once; 0 when not given. */
  readonly jitter?: number;
}

/**
 * Milliseconds to wait before the restart number `attempt` (from 1) since the last quiet time.
 * `random` is in [0, 1). Never above `maxMs`.
 */
export function backoffMs(backoff: Backoff, attempt: number, random: number): number {
  const { minMs, maxMs, factor = 2, jitter = 0 } = backoff;
  const full = Math.min(maxMs, minMs * factor ** (attempt - 1));
  return full * (1 - jitter * random);
}
