import { readFileSync } from 'node:fs';

/** Files that the process needs besides its connections. */
const filesReserved = 128;

/**
 * How many connections the system lets this process have: its hard limit of open files, which Node
 * makes its own at the start, less a reserve. Infinity where the system does not tell.
 */
export function connectionsAllowed(limitsFile = '/proc/self/limits'): number {
  let limits: string;
  try {
    limits = readFileSync(limitsFile, 'utf8');
  } catch {
    // Only Linux has the file; elsewhere the configured limit stands.
    return Infinity;
  }
  const openFiles = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Infinity);
  return Math.max(1, openFiles - filesReserved);
}
