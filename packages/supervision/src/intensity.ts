import type { Intensity } from './child-spec';

/**
 * Adds a restart at `now` to those before, and forgets what is older than the period (OTP:
 * add_restart). The answer is undefined when that is one too many.
 */
export function addRestart(
  restartsAtMs: readonly number[],
  now: number,
  { restartsMax, periodMs }: Intensity,
): readonly number[] | undefined {
  const recent = [...restartsAtMs.filter((atMs) => now - atMs <= periodMs), now];
  return recent.length > restartsMax ? undefined : recent;
}
