import { nameKey } from '@chat-server/protocol';
import type { Directory, Presence, Standing } from '../domain/directory';
import type { NodeIdentity } from '../domain/node-identity';
import type { Store } from '../store/store';

/** What is known of people on this node is told here: at once in the directory, then everywhere. */
export class Announcer {
  constructor(
    private readonly identity: NodeIdentity,
    private readonly directory: Directory,
    private readonly store: Pick<Store, 'describe'>,
  ) {}

  /** Someone is in a room since `atMs`; in none when not given. */
  move(name: string, origin: string, atMs: number, room?: string): void {
    this.directory.move(name, origin, atMs, room);
    this.#tell(this.directory.find(name), origin);
  }

  /** Someone is away; back when not given. */
  setAway(name: string, origin: string, away?: string): void {
    this.directory.setAway(name, origin, away);
    this.#tell(this.directory.find(name), origin);
  }

  /** Someone's name is theirs by a password from now on, or they are an operator; or not any more. */
  setStanding(name: string, origin: string, standing: Standing): void {
    this.directory.setStanding(name, origin, standing);
    this.#tell(this.directory.find(name), origin);
  }

  #tell(presence: Presence | undefined, origin: string): void {
    if (presence?.origin !== origin || !this.identity.has(origin)) return;
    const holder = { node: this.identity.current, origin };
    void this.store.describe(nameKey(presence.name), holder, presence);
  }
}
