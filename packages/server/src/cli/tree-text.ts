import type { ActorRow } from '../observer/actor-row';
import type { TreeView } from '../observer/watched-tree';
import { type Cells, laidOut, shownAge, shownCount, shownId, shownRest } from './actor-table';

const heading: Cells = ['ACTOR', 'STATUS', 'MAILBOX', 'MESSAGES', 'RESTARTS', 'UP'];

/** The tree for a terminal, a line an actor; of a crowd, some and a line about the others. */
export function treeText({ atMs, actors }: TreeView): string[] {
  const children = Map.groupBy(actors, ({ parent }) => parent);
  const lines: Cells[] = [heading];
  const visit = (actor: ActorRow, before: string, below: string): void => {
    lines.push(cellsOf(actor, before, atMs));
    const own = children.get(actor.path) ?? [];
    const { group } = actor;
    const hasMore = group !== undefined && group.count > own.length;
    own.forEach((child, index) => {
      const isLast = index === own.length - 1 && !hasMore;
      visit(child, below + (isLast ? '└─ ' : '├─ '), below + (isLast ? '   ' : '│  '));
    });
    if (hasMore) lines.push([`${below}└─ ${shownRest(group, own.length)}`]);
  };
  for (const root of children.get('') ?? []) visit(root, '', '');
  return laidOutTree(lines);
}

function cellsOf(actor: ActorRow, before: string, atMs: number): Cells {
  return [
    before + shownId(actor),
    actor.status,
    shownCount(actor.mailbox),
    shownCount(actor.messages),
    shownCount(actor.restarts),
    shownAge(atMs - actor.startedAtMs),
  ];
}

/** What is said of a crowd runs over the columns, and does not make the first one wider. */
function laidOutTree(lines: readonly Cells[]): string[] {
  const rows = laidOut(lines.filter((cells) => cells.length > 1));
  let row = 0;
  return lines.map((cells) => (cells.length > 1 ? (rows[row++] ?? '') : cells[0]));
}
