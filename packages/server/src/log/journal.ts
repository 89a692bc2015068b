import { fstatSync } from 'node:fs';
import { type DestinationStream, symbols } from 'pino';

/** Of each level of pino, the priority of syslog (RFC 5424) as the journal has it. */
const priorities: readonly (readonly [level: number, priority: number])[] = [
  [60, 2],
  [50, 3],
  [40, 4],
  [30, 6],
];
const debug = 7;

/** Whether what is written to a file descriptor goes to the journal of systemd, by systemd.exec(5). */
export function isJournal(
  descriptor: number,
  stream: string | undefined = process.env['JOURNAL_STREAM'],
): boolean {
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(descriptor);
  return stream === `${dev}:${ino}`;
}

/**
 * Tells the journal of each record how severe it is, as sd-daemon(3) has it, so that `journalctl -p
 * warning` finds those to look at. It takes the mark off again.
 */
export function markedByPriority(output: DestinationStream): DestinationStream {
  const marked = {
    // Has pino say of each record what its level is.
    [symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(record: string) {
      output.write(`<${priorityOf(marked.lastLevel)}>${record}`);
    },
  };
  return marked;
}

function priorityOf(level: number): number {
  return priorities.find(([least]) => level >= least)?.[1] ?? debug;
}
