import type { Log } from './log';

/** The same place is not told of again for so long. */
const quietMs = 60_000;
/** Places that are remembered; from then on nothing is told until all are quiet. */
const placesMax = 1_000;

/** Writes into the log where the store has a record that cannot be read, now and then. */
export function unreadableTo(log: Log, now: () => number): (where: string) => void {
  const toldAtMs = new Map<string, number>();
  return (where) => {
    const nowMs = now();
    const isQuiet = (toldAtMs.get(where) ?? -Infinity) > nowMs - quietMs;
    if (isQuiet) return;
    for (const [place, atMs] of toldAtMs) if (atMs <= nowMs - quietMs) toldAtMs.delete(place);
    if (toldAtMs.size >= placesMax) return;
    toldAtMs.set(where, nowMs);
    log.error({ where }, 'A record in the store cannot be read');
  };
}
