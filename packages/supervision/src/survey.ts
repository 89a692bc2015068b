import type { Actor } from './actor';
import type {
  ActorInfo,
  ActorStatus,
  ChildrenSummary,
  RoleTotals,
  SurveyNode,
  TreeNode,
} from './tree';

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** One actor as data. */
export function infoOf(actor: Actor): ActorInfo {
  const info = {
    path: actor.path,
    id: actor.childId,
    role: actor.role,
    kind: actor.kind,
    isDynamic: actor.isDynamic,
    status: actor.status,
    restarts: actor.restarts,
    mailboxLength: actor.mailboxLength,
    messagesHandled: actor.messagesHandled,
    startedAtMs: actor.startedAtMs,
  };
  return actor.lastCrash === undefined ? info : { ...info, lastCrash: actor.lastCrash };
}

/** An actor, and all that is below it. O(actors). */
export function treeOf(actor: Actor): TreeNode {
  return { ...infoOf(actor), children: [...childrenOf(actor)].map(treeOf) };
}

/**
 * An actor, and at most `listedMax` children of each one below it: all of them in start order, or
 * else those with the most messages waiting, or the latest crash, or the most messages handled, in
 * this order. It looks at all actors, and makes nothing of those that it does not list.
 */
export function surveyOf(actor: Actor, listedMax: number): SurveyNode {
  const busiest = new Busiest(listedMax);
  const summary = emptySummary();
  for (const child of childrenOf(actor)) {
    count(summary, child);
    busiest.offer(child);
  }
  const { isDynamic } = actor;
  const listed = summary.count <= listedMax ? childrenOf(actor) : busiest.all;
  const children = Array.from(listed, (child) => surveyOf(child, listedMax));
  const node = { ...infoOf(actor), children };
  return isDynamic || summary.count > listedMax ? { ...node, summary } : node;
}

/** The actor at a path below `root`, whose own path is its id. */
export function actorAt(root: Actor, path: string): Actor | undefined {
  const [first, ...ids] = path.split('/');
  if (first !== root.childId) return undefined;
  return ids.reduce<Actor | undefined>((actor, id) => actor?.supervision?.child(id), root);
}

/** The first `countMax` actors whose path contains `text`, case aside, in the order of the tree. */
export function search(root: Actor, text: string, countMax: number): readonly ActorInfo[] {
  const found: ActorInfo[] = [];
  const wanted = text.toLowerCase();
  const visit = (actor: Actor, path: string): void => {
    if (found.length >= countMax) return;
    if (path.toLowerCase().includes(wanted)) found.push(infoOf(actor));
    for (const child of childrenOf(actor)) {
      if (found.length >= countMax) return;
      visit(child, `${path}/${child.childId}`);
    }
  };
  visit(root, root.path);
  return found;
}

/** What there is of each role, in the order of the tree. O(actors). */
export function totalsOf(root: Actor): readonly RoleTotals[] {
  const totals = new Map<string, Writable<RoleTotals>>();
  const visit = (actor: Actor): void => {
    const { role, mailboxLength } = actor;
    let total = totals.get(role);
    if (total === undefined) {
      total = { role, count: 0, mailboxSum: 0, mailboxLongest: 0 };
      totals.set(role, total);
    }
    total.count++;
    total.mailboxSum += mailboxLength;
    if (mailboxLength > total.mailboxLongest) total.mailboxLongest = mailboxLength;
    for (const child of childrenOf(actor)) visit(child);
  };
  visit(root);
  return [...totals.values()];
}

const nobody: readonly Actor[] = [];

function childrenOf(actor: Actor): Iterable<Actor> {
  return actor.supervision?.actors() ?? nobody;
}

type Counting = Writable<ChildrenSummary> & {
  readonly statuses: Partial<Record<ActorStatus, number>>;
};

function emptySummary(): Counting {
  return {
    count: 0,
    statuses: {},
    mailboxSum: 0,
    mailboxLongest: 0,
    messagesHandled: 0,
    restarts: 0,
    crashed: 0,
  };
}

function count(summary: Counting, child: Actor): void {
  const { status, mailboxLength } = child;
  summary.count++;
  summary.statuses[status] = (summary.statuses[status] ?? 0) + 1;
  summary.mailboxSum += mailboxLength;
  if (mailboxLength > summary.mailboxLongest) summary.mailboxLongest = mailboxLength;
  summary.messagesHandled += child.messagesHandled;
  summary.restarts += child.restarts;
  if (child.lastCrash !== undefined) summary.crashed++;
}

/** The few of many actors that are most worth a look, the first of them first. */
class Busiest {
  readonly all: Actor[] = [];

  constructor(private readonly countMax: number) {}

  offer(actor: Actor): void {
    const { all, countMax } = this;
    const last = all[countMax - 1];
    if (countMax === 0 || (last !== undefined && !isBusier(actor, last))) return;
    if (last !== undefined) all.pop();
    let at = all.length;
    for (let before = all[at - 1]; before && isBusier(actor, before); before = all[at - 1]) at--;
    all.splice(at, 0, actor);
  }
}

function isBusier(actor: Actor, other: Actor): boolean {
  if (actor.mailboxLength !== other.mailboxLength) {
    return actor.mailboxLength > other.mailboxLength;
  }
  const [crash, otherCrash] = [actor.lastCrash?.atMs ?? 0, other.lastCrash?.atMs ?? 0];
  if (crash !== otherCrash) return crash > otherCrash;
  return actor.messagesHandled > other.messagesHandled;
}
