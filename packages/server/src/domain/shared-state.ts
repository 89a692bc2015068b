/** Something that one connection of an account has said for all of them. */
export interface Said<Value> {
  /** None, when not given. */
  readonly value?: Value;
  /** Later than all that its author knew of, so it may be ahead of any clock. */
  readonly atMs: number;
  /** The connection that said it. */
  readonly by: string;
}

/**
 * What is the same for all connections of an account: each has a copy, and of two copies what was
 * said last counts, field by field. Whatever order they hear of each other in, they come to agree.
 */
export interface SharedState {
  /** The room they are in. */
  readonly room?: Said<string>;
  readonly away?: Said<string>;
  /** Names, as compared. */
  readonly ignored?: Said<readonly string[]>;
  readonly replyTo?: Said<string>;
  /** Whether the name is nobody's any more: the one who said it keeps it, as a guest. */
  readonly isGivenUp?: Said<boolean>;
}

/** What a connection says for all; a field that is there and undefined says that there is none. */
export interface SharedChanges {
  readonly room?: string | undefined;
  readonly away?: string | undefined;
  readonly ignored?: readonly string[] | undefined;
  readonly replyTo?: string | undefined;
  readonly isGivenUp?: boolean | undefined;
}

/** A copy in which a connection has said something. */
export function say(
  state: SharedState,
  changes: SharedChanges,
  nowMs: number,
  by: string,
): SharedState {
  const said = Object.entries(changes).map(([field, value]) => {
    const atMs = Math.max(nowMs, (state[field as keyof SharedState]?.atMs ?? 0) + 1);
    return [field, { ...(value !== undefined && { value }), atMs, by }] as const;
  });
  return { ...state, ...Object.fromEntries(said) };
}

/** What two copies come to agree on; the first one itself, where the other has nothing newer. */
export function agree(one: SharedState, other: SharedState = {}): SharedState {
  const newer = Object.entries(other).filter(([field, said]) =>
    isNewer(said as Said<unknown>, one[field as keyof SharedState]),
  );
  return newer.length === 0 ? one : { ...one, ...Object.fromEntries(newer) };
}

/** Whether it is one and the same that was said. */
export function isSameSaid(one: Said<unknown> | undefined, other: Said<unknown> | undefined) {
  return one?.atMs === other?.atMs && one?.by === other?.by;
}

function isNewer(one: Said<unknown>, other: Said<unknown> | undefined): boolean {
  if (other === undefined || one.atMs !== other.atMs) return one.atMs > (other?.atMs ?? -Infinity);
  return one.by > other.by;
}
