import { sameName, texts } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import { numberOf } from '../domain/origin';
import { agree, say, type SharedChanges, type SharedState } from '../domain/shared-state';
import type { User } from '../domain/user';
import type { ConnectionHost } from './connection-host';
import type { Services } from './services';

/**
 * The other connections of one's account, on whichever node, and what is the same for all of them.
 *
 * Each connection tells with its claim to the name what it knows of that, and takes over what another
 * one's claim says that is newer. News of claims come to every node, in one order, in the end; so
 * nobody is left behind, whoever is told late, comes meanwhile, or goes.
 */
export class Companions {
  constructor(private readonly connection: ConnectionHost) {}

  /** The other connections. */
  get others(): readonly Presence[] {
    const { session, services } = this.connection;
    if (session.user?.isRegistered !== true) return [];
    const all = services.directory.allOf(session.name);
    return all.filter(({ origin, isRegistered }) => origin !== session.origin && isRegistered);
  }

  /** Says something for all; nothing for a guest, who is one connection. */
  say(changes: SharedChanges): void {
    const { session, context } = this.connection;
    if (session.user?.isRegistered !== true) return;
    session.shared = say(session.shared, changes, context.now(), session.origin);
    this.#announce();
  }

  /** A guest has registered: what others are to be like who log in by that name. */
  begin(): void {
    const { user } = this.connection.session;
    if (user === undefined) return;
    const { room, away, ignored, replyTo } = user;
    this.say({ room, away, ignored: [...ignored], replyTo, isGivenUp: false });
  }

  /** One has given up the name, and is a guest who has it; the others have to log in again. */
  dismiss(): void {
    const { session, context } = this.connection;
    session.shared = say(session.shared, { isGivenUp: true }, context.now(), session.origin);
    this.#announce();
  }

  /** Takes over what others have said; tells of it what one would not see otherwise. */
  takeOver(): void {
    const { session, services } = this.connection;
    const { user } = session;
    if (user?.isRegistered !== true) return;
    const all = services.directory.allOf(user.name);
    const agreed = all.reduce<SharedState>(
      (state, { shared }) => agree(state, shared),
      session.shared,
    );
    if (agreed === session.shared) return;
    session.shared = agreed;
    session.user = { ...user, ...partOf(agreed) };
    this.#tellChanges(user, session.user);
    this.#announce();
  }

  #tellChanges(before: User, { away, ignored }: User): void {
    const { connection } = this;
    if (away !== before.away) {
      connection.tell(away === undefined ? texts.youAreBack : texts.youAreAway(away));
    }
    if (!isSameSet(ignored, before.ignored)) connection.tell(texts.ignoredUsers([...ignored]));
  }

  #announce(): void {
    const { session, services } = this.connection;
    const { name, origin, user, shared } = session;
    services.announcer.share(name, origin, shared, user?.isRegistered === true);
    wakeCompanions(services, name, origin);
  }
}

/** Has the connections of an account on this node look at what others have said. */
export function wakeCompanions(services: Services, name: string, but?: string): void {
  const { directory, identity, sessions } = services;
  for (const { origin } of directory.allOf(name)) {
    if (origin === but || !identity.has(origin)) continue;
    const session = sessions.get(numberOf(origin));
    if (session?.origin === origin) session.connection?.notify({ type: 'companions' });
  }
}

/** What a user has of what is shared; where they are is for the room to say. */
function partOf({ away, ignored, replyTo }: SharedState) {
  return {
    away: away?.value,
    ignored: new Set(ignored?.value),
    ...(replyTo !== undefined && { replyTo: replyTo.value }),
  };
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each));
}

/** Whether one is where one is to be: in a room, or in none. */
export function isIn(room: string | undefined, place: string | undefined): boolean {
  if (room === undefined || place === undefined) return room === place;
  return sameName(room, place);
}
