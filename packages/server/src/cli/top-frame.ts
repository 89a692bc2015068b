import type { ActorRow } from '../observer/actor-row';
import type { ChartView } from '../observer/chart';
import type { TreeView } from '../observer/watched-tree';
import { type Cells, laidOut, shownAge, shownCount } from './actor-table';
import { escapeForLog } from '../log/escape';

/** What is to be seen at one moment. */
export interface Glance {
  readonly tree: TreeView;
  /** The tree a moment ago, so that messages can be told as a rate. */
  readonly before?: TreeView | undefined;
  readonly charts?: ChartView | undefined;
  /** What keeps this from being up to date. */
  readonly trouble?: string | undefined;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const heading: Cells = ['ACTOR', 'STATUS', 'MAILBOX', 'MESSAGES/S', 'RESTARTS', 'UP'];

/** The lines of one screen: how the server does, then its actors, the busiest first. */
export function topFrame(glance: Glance, { columns, rows }: ScreenSize): string[] {
  const { tree, charts, trouble } = glance;
  const busiest = withRates(glance).toSorted(byLoad);
  const table = laidOut([heading, ...busiest.map((each) => cellsOf(each, tree.atMs))]);
  const head = [summaryOf(charts), trouble ?? crowdsOf(tree.actors), ''];
  const foot = 'q ends';
  const lines = [...head, ...table].slice(0, Math.max(1, rows - 1));
  return [...lines, ...(rows > 1 ? [foot] : [])].map((line) => line.slice(0, columns));
}

interface Rated {
  readonly actor: ActorRow;
  readonly perSecond: number;
}

function withRates({ tree, before }: Glance): readonly Rated[] {
  const seconds = before === undefined ? 0 : (tree.atMs - before.atMs) / 1_000;
  const earlier = new Map(before?.actors.map((actor) => [actor.path, actor.messages]));
  return tree.actors.map((actor) => {
    const known = earlier.get(actor.path);
    const handled = known === undefined ? 0 : actor.messages - known;
    return { actor, perSecond: seconds > 0 ? Math.max(0, handled / seconds) : 0 };
  });
}

function byLoad(one: Rated, other: Rated): number {
  return (
    other.actor.mailbox - one.actor.mailbox ||
    other.perSecond - one.perSecond ||
    other.actor.messages - one.actor.messages
  );
}

function cellsOf({ actor, perSecond }: Rated, atMs: number): Cells {
  return [
    escapeForLog(actor.path),
    actor.status,
    shownCount(actor.mailbox),
    shownCount(perSecond),
    shownCount(actor.restarts),
    shownAge(atMs - actor.startedAtMs),
  ];
}

/** The latest sample in words. */
function summaryOf(charts: ChartView | undefined): string {
  const sample = charts?.samples.at(-1);
  if (charts === undefined || sample === undefined) return 'no sample yet';
  const value = (name: string): number => sample[charts.names.indexOf(name) + 1] ?? 0;
  return [
    `${shownCount(value('connections'))} connections`,
    `${shownCount(value('users'))} users`,
    `${shownCount(value('rooms'))} rooms`,
    `${shownCount(value('linesPerSecond'))} lines/s`,
    `${shownCount(value('deliveriesPerSecond'))} deliveries/s`,
    `loop ${value('loopDelayP99Ms')} ms`,
    `memory ${shownCount(value('memoryBytes') / 1_048_576)} MB`,
  ].join('   ');
}

/** What is counted and not listed. */
function crowdsOf(actors: readonly ActorRow[]): string {
  return actors
    .flatMap(({ id, group }) =>
      group === undefined
        ? []
        : [
            `${escapeForLog(id)}: ${shownCount(group.count)}, mailbox ${shownCount(group.mailbox)}, restarts ${shownCount(group.restarts)}`,
          ],
    )
    .join('   ');
}
