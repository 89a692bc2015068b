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
