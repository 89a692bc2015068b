import { nameKey } from '@chat-server/protocol';

/** As many of each; those that are over make room first. */
export const sanctionsMax = { bans: 1_000, mutes: 1_000 } as const;

/** What an operator has done about someone, on the whole server. */
export interface Sanction {
  /** A name as it was typed, or an address or a block of these as they are written. */
  readonly target: string;
  /** Who did it. */
  readonly by: string;
  readonly atMs: number;
  readonly reason?: string;
  /** When it is over; not before it is lifted when not given. */
  readonly untilMs?: number;
}

/** Who may log in: registered users, or operators only. */
export interface Lockdown {
  readonly mode: 'guests' | 'all';
  readonly by: string;
  readonly atMs: number;
  readonly reason?: string;
}

/** All that operators keep up on the server; the same on every node. */
export interface Sanctions {
  /** Grows with each change, so that what is older shows. */
  readonly version: number;
  readonly bans: readonly Sanction[];
  readonly mutes: readonly Sanction[];
  readonly lockdown?: Lockdown;
}

export const noSanctions: Sanctions = { version: 0, bans: [], mutes: [] };

export type SanctionKind = 'bans' | 'mutes';
export type SanctionRefusal = 'too-many' | 'not-found' | 'unchanged';

export type SanctionsDecision =
  | { readonly ok: true; readonly sanctions: Sanctions }
  | { readonly ok: false; readonly refusal: SanctionRefusal };

/** A pure rule: the same sanctions give the same decision, so that it can be tried again. */
export type SanctionsRule = (sanctions: Sanctions) => SanctionsDecision;

/** Whether it is not over yet. */
export function isInForce({ untilMs }: Sanction, nowMs: number): boolean {
  return untilMs === undefined || untilMs > nowMs;
}

/** Bans or mutes someone, in the place of what was there about them. */
export function impose(kind: SanctionKind, sanction: Sanction): SanctionsRule {
  return (sanctions) => {
    const key = nameKey(sanction.target);
    const others = sanctions[kind].filter(
      (each) => isInForce(each, sanction.atMs) && nameKey(each.target) !== key,
    );
    if (others.length >= sanctionsMax[kind]) return { ok: false, refusal: 'too-many' };
    return next(sanctions, { [kind]: [...others, sanction] });
  };
}

/** Ends a ban or a mute. */
export function lift(kind: SanctionKind, target: string, nowMs: number): SanctionsRule {
  return (sanctions) => {
    const inForce = sanctions[kind].filter((each) => isInForce(each, nowMs));
    const left = inForce.filter((each) => nameKey(each.target) !== nameKey(target));
    if (left.length === inForce.length) return { ok: false, refusal: 'not-found' };
    return next(sanctions, { [kind]: left });
  };
}

/** An operator is neither banned nor muted by name. */
export function pardon(name: string): SanctionsRule {
  return keepOnly(({ target }) => nameKey(target) !== nameKey(name));
}

/** Keeps people from logging in; nobody any more when not given. */
export function lockDown(lockdown: Lockdown | undefined): SanctionsRule {
  return ({ lockdown: _before, ...sanctions }) =>
    next(sanctions, lockdown === undefined ? {} : { lockdown });
}

/** Removes what is over. */
export function withoutEnded(nowMs: number): SanctionsRule {
  return keepOnly((each) => isInForce(each, nowMs));
}

/** What is known, where the store has lost it or its latest changes. */
export function restored(known: Sanctions): SanctionsRule {
  return (sanctions) =>
    sanctions.version < known.version
      ? { ok: true, sanctions: known }
      : { ok: false, refusal: 'unchanged' };
}

function keepOnly(isKept: (sanction: Sanction) => boolean): SanctionsRule {
  return (sanctions) => {
    const bans = sanctions.bans.filter(isKept);
    const mutes = sanctions.mutes.filter(isKept);
    const isSame = bans.length === sanctions.bans.length && mutes.length === sanctions.mutes.length;
    return isSame ? { ok: false, refusal: 'unchanged' } : next(sanctions, { bans, mutes });
  };
}

function next(sanctions: Sanctions, changes: Partial<Sanctions>): SanctionsDecision {
  return { ok: true, sanctions: { ...sanctions, ...changes, version: sanctions.version + 1 } };
}
