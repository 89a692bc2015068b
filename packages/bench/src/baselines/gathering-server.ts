import {
  startBaseline,
  type BaselineRoom,
  type Member,
  type RunningBaseline,
} from './baseline-server';

interface PendingLine {
  readonly author: Member | undefined;
  readonly bytes: Buffer;
}

/**
 * Gathers what is told during one turn of the event loop, and writes it as one Buffer that all
 * members share. Only two kinds of members get another: who said something in that turn gets it
 * without their own lines, and who joined in that turn gets it from their own join on.
 */
class GatheringRoom implements BaselineRoom {
  readonly members = new Set<Member>();
  #pending: PendingLine[] = [];
  #pendingBytes = 0;
  readonly #authors = new Set<Member>();
  readonly #joinedAt = new Map<Member, { line: number; byte: number }>();

  join(member: Member, line: string): void {
    this.members.add(member);
    this.#joinedAt.set(member, { line: this.#pending.length, byte: this.#pendingBytes });
    this.#gather(line, undefined);
  }

  say(author: Member, line: string): void {
    this.#authors.add(author);
    this.#gather(line, author);
  }

  #gather(line: string, author: Member | undefined): void {
    // setImmediate runs once all sockets that were readable in this turn have been read.
    if (this.#pending.length === 0) setImmediate(() => this.#flush());
    const bytes = Buffer.from(line, 'latin1');
    this.#pending.push({ author, bytes });
    this.#pendingBytes += bytes.length;
  }

  #flush(): void {
    const shared = Buffer.concat(this.#pending.map(({ bytes }) => bytes));
    for (const member of this.members) {
      const bytes = this.#bytesFor(member, shared);
      if (bytes.length > 0) member.socket.write(bytes);
    }
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#authors.clear();
    this.#joinedAt.clear();
  }

  #bytesFor(member: Member, shared: Buffer): Buffer {
    const joined = this.#joinedAt.get(member);
    if (this.#authors.has(member)) {
      const lines = this.#pending.slice(joined?.line ?? 0);
      return Buffer.concat(lines.filter(({ author }) => author !== member).map((l) => l.bytes));
    }
    return joined === undefined ? shared : shared.subarray(joined.byte);
  }
}

/** Starts the baseline with one write a member and turn of the event loop. */
export function startGatheringServer(): Promise<RunningBaseline> {
  return startBaseline(() => new GatheringRoom());
}
