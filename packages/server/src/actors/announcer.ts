import { nameKey } from '@chat-server/protocol';
import type { Directory, Presence, Standing } from '../domain/directory';
import type { NodeIdentity } from '../domain/node-identity';
import type { SharedState } from '../domain/shared-state';
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
    this.#tell(this.directory.at(name, origin));
  }

  /** Someone is away; back when not given. */
  setAway(name: string, origin: string, away?: string): void {
    this.directory.setAway(name, origin, away);
    this.#tell(this.directory.at(name, origin));
  }

  /** Someone's name is theirs by a password from now on, or they are an operator; or not any more. */
  setStanding(name: string, origin: string, standing: Standing): void {
    this.directory.setStanding(name, origin, standing);
    this.#tell(this.directory.at(name, origin));
  }

  /** What a connection knows of what is the same for all of its account. */
  share(name: string, origin: string, shared: SharedState, isRegistered: boolean): void {
    const presence = this.directory.at(name, origin);
    if (presence === undefined) return;
    const { away: _before, ...rest } = presence;
    const away = shared.away?.value;
    const told = { ...rest, isRegistered, shared };
    this.directory.put(away === undefined ? told : { ...told, away });
    this.#tell(this.directory.at(name, origin));
  }

  #tell(presence: Presence | undefined): void {
    if (presence === undefined || !this.identity.has(presence.origin)) return;
    const { name, origin, isRegistered } = presence;
    const holder = { node: this.identity.current, origin };
    void this.store.describe(nameKey(name), holder, presence, isRegistered === true);
  }
}
