/** Characters of a reason, which others read, and which is kept as long as what it is for. */
export const reasonCharactersMax = 200;

/** What somebody who may has done about somebody, for operators to read. */
export interface ModerationRecord {
  readonly atMs: number;
  /** Who did it. */
  readonly by: string;
  /** The command, without its slash. */
  readonly action: string;
  /** To whom or what: a name, an address, a range of these, a room. */
  readonly target: string;
  /** Where it holds; on the whole server when not given. */
  readonly room?: string;
  readonly reason?: string;
  /** When it ends; never, or at once, when not given. */
  readonly untilMs?: number;
}
