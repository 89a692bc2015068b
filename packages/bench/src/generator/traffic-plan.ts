/** How fast the writers write. */
export type Pace =
  /** Each writer has up to `linesMax` lines on their way, and sends another when one has come. */
  | { readonly kind: 'closed-loop'; readonly linesMax: number }
  /** All writers together send so many lines a second, whatever becomes of them. */
  | { readonly kind: 'fixed-rate'; readonly linesPerSecond: number };

/** Whose connections are those of a terminal, such as telnet gives one; the others are plain. */
export interface TerminalPlan {
  /** 1: everyone's, 2: every second user's, and so on. */
  readonly everyNth: number;
  /** How wide their windows are, in turn. */
  readonly columns: readonly number[];
}

/** Who is there, and who writes. Users are numbered from 0, room after room. */
export interface TrafficPlan {
  readonly rooms: number;
  readonly membersPerRoom: number;
  /** The first so many members of each room. */
  readonly writersPerRoom: number;
  /**
   * 'room': lines are said in rooms. 'whisper': every room is a pair that is never created, and its
   * first member whispers to its second.
   */
  readonly via: 'room' | 'whisper';
  readonly pace: Pace;
  /** Without it nobody has a terminal. */
  readonly terminals?: TerminalPlan;
}

/** Of how many generator processes this is which, from 0. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

/** How many users there are in all. */
export function usersOf(plan: TrafficPlan): number {
  return plan.rooms * plan.membersPerRoom;
}

/** Whether a user writes. */
export function writes({ membersPerRoom, writersPerRoom }: TrafficPlan, user: number): boolean {
  return user % membersPerRoom < writersPerRoom;
}

/** The width of a user's terminal; undefined for one who has none. */
export function columnsOf({ terminals }: TrafficPlan, user: number): number | undefined {
  if (terminals === undefined) return undefined;
  const { everyNth, columns } = terminals;
  const index = Math.floor(user / everyNth);
  return user % everyNth === everyNth - 1 ? columns[index % columns.length] : undefined;
}

/** The users of one part, in order. */
export function usersOfPart(plan: TrafficPlan, part: Part): number[] {
  const users: number[] = [];
  for (let user = 0; user < usersOf(plan); user++) {
    // Pairs stay together, for who whispers and who is whispered to must be in one process.
    if ((user >> 1) % part.of === part.index) users.push(user);
  }
  return users;
}

/**
 * For each writer among `members` of one room the member that tells when a line has arrived: an
 * author gets no copy of its own lines. Prefers members that write nothing and, of these, members on
 * another node, so that no node is left behind; and spreads the task.
 */
export function witnesses(
  members: readonly number[],
  isWriter: (user: number) => boolean,
  nodeOf: (user: number) => number = () => 0,
): Map<number, number> {
  const readers = members.filter((user) => !isWriter(user));
  const witnessOf = new Map<number, number>();
  for (const [index, writer] of members.filter((user) => isWriter(user)).entries()) {
    const all = readers.length > 0 ? readers : members.filter((user) => user !== writer);
    const far = all.filter((user) => nodeOf(user) !== nodeOf(writer));
    const others = far.length > 0 ? far : all;
    const witness = others[index % others.length];
    if (witness === undefined) throw new Error(`Writer ${writer} has nobody to read it.`);
    witnessOf.set(writer, witness);
  }
  return witnessOf;
}
