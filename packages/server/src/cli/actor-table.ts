import { escapeForLog } from '../log/escape';
import type { ActorRow, GroupRow } from '../observer/actor-row';

/** A line of a table of actors, before it is laid out. */
export type Cells = readonly [name: string, ...rest: string[]];

/** Columns side by side, the first one and the second to the left, numbers to the right. */
export function laidOut(rows: readonly Cells[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** The name that an actor is shown by, with nothing in it that acts on a terminal. */
export function shownId({ id, group }: Pick<ActorRow, 'id' | 'group'>): string {
  const counted = group === undefined ? '' : ` (${shownCount(group.count)})`;
  return escapeForLog(id) + counted;
}

/** How many of a group are not listed, and how they do. */
export function shownRest(group: GroupRow, listed: number): string {
  const statuses = Object.entries(group.statuses).map(
    ([status, count]) => `${shownCount(count)} ${status}`,
  );
  return `… ${shownCount(group.count - listed)} more; of all: ${statuses.join(', ')}, mailbox ${shownCount(group.mailbox)}`;
}

export function shownCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `3d`, `4h`, `5m` or `6s`: the largest unit is enough. */
export function shownAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)}d`;
  if (seconds >= 3_600) return `${Math.floor(seconds / 3_600)}h`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)}m` : `${seconds}s`;
}
