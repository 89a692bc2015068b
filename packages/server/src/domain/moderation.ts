/** What somebody who rules a room did, as the room's log tells every node. */
export interface Moderation {
  readonly action: ModerationAction;
  /** Who it was done to, as typed; nobody for what is done to all. */
  readonly target: string;
  /** The room's revision that follows from it. */
  readonly revision: number;
  readonly reason?: string;
  readonly untilMs?: number;
  /** Time between two lines of a person from now on. */
  readonly slowMs?: number;
}

export type ModerationAction =
  'kick' | 'ban' | 'unban' | 'mute' | 'unmute' | 'uninvite' | 'transfer' | 'slow';

/** Whether it ends with its target not being in the room. */
export function putsOut({ action }: Moderation): boolean {
  return action === 'kick' || action === 'ban' || action === 'uninvite';
}
