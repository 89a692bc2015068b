import {
  startBaseline,
  type BaselineRoom,
  type Member,
  type RunningBaseline,
} from './baseline-server';

/** What a plain baseline may be spared. */
export interface PlainOptions {
  /**
   * Tell nobody but the one who joins. A thousand joins are half a million writes here, and where
   * joins are not what is measured, they would only make every run wait.
   */
  readonly quietJoins: boolean;
}

/** The obvious way: each line is encoded once and written to each member's socket. */
class PlainRoom implements BaselineRoom {
  readonly members = new Set<Member>();
  readonly #options: PlainOptions;

  constructor(options: PlainOptions) {
    this.#options = options;
  }

  join(member: Member, line: string): void {
    this.members.add(member);
    if (this.#options.quietJoins) member.socket.write(line, 'latin1');
    else this.#tell(line);
  }

  say(author: Member, line: string): void {
    this.#tell(line, author);
  }

  #tell(line: string, except?: Member): void {
    const bytes = Buffer.from(line, 'latin1');
    for (const member of this.members) {
      if (member !== except) member.socket.write(bytes);
    }
  }
}

/** Starts the baseline with one `socket.write` a member and line. */
export function startPlainServer(options: PlainOptions): Promise<RunningBaseline> {
  return startBaseline(() => new PlainRoom(options));
}
