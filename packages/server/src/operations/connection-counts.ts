import type { Session } from '../actors/session';
import type { ConnectionCount } from '../metrics/prometheus-metrics';

/** What of a session says what is at its other end. */
export type Counted = {
  readonly peer: Pick<Session['peer'], 'transport' | 'isClogged'>;
  readonly client: Pick<Session['client'], 'isDrawn' | 'isTerminal'>;
};

/** How many connections there are of each transport and kind. */
export function connectionCounts(sessions: Iterable<Counted>): readonly ConnectionCount[] {
  const counts = new Map<string, ConnectionCount & { count: number }>();
  for (const { peer, client } of sessions) {
    const { transport } = peer;
    const kind = kindOf(client);
    const known = counts.get(transport + kind);
    if (known === undefined) counts.set(transport + kind, { transport, kind, count: 1 });
    else known.count++;
  }
  return [...counts.values()];
}

/** How many have not taken what they were sent. */
export function slowReaders(sessions: Iterable<Counted>): number {
  let count = 0;
  for (const { peer } of sessions) if (peer.isClogged) count++;
  return count;
}

/** A terminal whose lines are edited here, a client that edits them itself, or plain lines. */
function kindOf({ isTerminal, isDrawn }: Counted['client']): string {
  if (isTerminal) return 'terminal';
  return isDrawn ? 'line' : 'plain';
}
