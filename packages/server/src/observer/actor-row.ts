import type { ActorInfo, ActorStatus, ChildrenSummary, SurveyNode } from '@chat-server/supervision';

/** One actor as the observer shows it. */
export interface ActorRow {
  readonly path: string;
  /** The path of its supervisor; empty for the root. */
  readonly parent: string;
  readonly id: string;
  readonly role: string;
  readonly kind: 'worker' | 'supervisor' | 'dynamic';
  readonly status: ActorStatus;
  /** Messages that wait. */
  readonly mailbox: number;
  /** Messages handled, over all its incarnations. */
  readonly messages: number;
  readonly restarts: number;
  /** Of this incarnation. */
  readonly startedAtMs: number;
  readonly crash?: CrashRow;
  /** All its children, where they are too many to be rows; some of them are all the same. */
  readonly group?: GroupRow;
}

/** The last time an actor threw. */
export interface CrashRow {
  readonly atMs: number;
  readonly message: string;
  readonly during: string;
}

/** Children, counted. */
export interface GroupRow {
  readonly count: number;
  readonly statuses: Readonly<Partial<Record<ActorStatus, number>>>;
  readonly mailbox: number;
  readonly mailboxLongest: number;
  readonly messages: number;
  readonly restarts: number;
  /** How many of them have ever crashed. */
  readonly crashed: number;
}

const messageCharactersMax = 500;
const stackCharactersMax = 4_000;

/** Rows of a tree in its order, those of supervisors first; at most `rowsMax`. */
export function rowsOf(root: SurveyNode, rowsMax: number): ReadonlyMap<string, ActorRow> {
  const rows = new Map<string, ActorRow>();
  const visit = (node: SurveyNode): void => {
    if (rows.size >= rowsMax) return;
    rows.set(node.path, rowOf(node));
    node.children.forEach(visit);
  };
  visit(root);
  return rows;
}

export function rowOf(info: ActorInfo & Partial<Pick<SurveyNode, 'summary'>>): ActorRow {
  const { path, id, role, status, restarts, startedAtMs, lastCrash, summary } = info;
  return {
    path,
    parent: path.slice(0, Math.max(0, path.length - id.length - 1)),
    id,
    role,
    kind: info.isDynamic ? 'dynamic' : info.kind,
    status,
    mailbox: info.mailboxLength,
    messages: info.messagesHandled,
    restarts,
    startedAtMs: Math.round(startedAtMs),
    ...(lastCrash !== undefined && {
      crash: {
        atMs: Math.round(lastCrash.atMs),
        message: shortened(lastCrash.error.message, messageCharactersMax),
        during: lastCrash.during,
      },
    }),
    ...(summary !== undefined && { group: groupOf(summary) }),
  };
}

/** One actor with all that is known of it: its last crash with the stack. */
export function detailsOf(info: ActorInfo): ActorRow & { readonly stack?: string } {
  const row = rowOf(info);
  return info.lastCrash === undefined ? row : { ...row, stack: stackOf(info.lastCrash.error) };
}

export function stackOf(error: Error): string {
  return shortened(error.stack ?? error.message, stackCharactersMax);
}

export function shortened(text: string, charactersMax: number): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
}

function groupOf(summary: ChildrenSummary): GroupRow {
  const { count, statuses, mailboxSum, mailboxLongest, messagesHandled } = summary;
  const { restarts, crashed } = summary;
  return {
    count,
    statuses,
    mailbox: mailboxSum,
    mailboxLongest,
    messages: messagesHandled,
    restarts,
    crashed,
  };
}
