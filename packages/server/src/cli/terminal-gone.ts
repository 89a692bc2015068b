import { closeSync, openSync } from 'node:fs';

/**
 * Whether this process was started at a terminal that is there no more: a SIGHUP then means what it
 * first did, that the line was hung up.
 */
export function isTerminalGone(
  isAtTerminal = process.stdout.isTTY,
  terminal = '/dev/tty',
): boolean {
  if (!isAtTerminal) return false;
  try {
    closeSync(openSync(terminal, 'r'));
    return false;
  } catch {
    return true;
  }
}
