import { texts } from '@chat-server/protocol';
import type { ActorContext } from '@chat-server/supervision';
import { roomsName } from './names';
import { endRights } from './rights';
import { openRoom } from './rooms';
import type { Services } from './services';
import type { Session } from './session';

type Context = Pick<ActorContext<never>, 'now' | 'whereIs'>;

/** Takes someone's name and seat, and asks them to log in again. Their connection stays. */
export function expel(services: Services, context: Context, session: Session, line: string): void {
  const { user, origin } = session;
  const room = user?.room;
  if (user !== undefined && user.isRegistered !== true) {
    endRights({ name: user.name, origin }, context);
  }
  forget(services, context, session, line);
  if (room !== undefined) emptySeats(services, context, room);
}

/** The same for everyone who was on this node before it was taken for dead. Safe to repeat. */
export function expelLapsed(services: Services, context: Context): void {
  const { sessions, identity, returns, seats } = services;
  for (const session of sessions.all()) {
    const { origin, peer, user } = session;
    if (identity.has(origin)) continue;
    // Who gets their name again has what they had in rooms.
    if (user !== undefined) {
      returns.rememberGone([{ name: user.name, origin, address: peer.address }]);
    }
    forget(services, context, session, texts.nodeLapsed);
  }
  for (const room of seats.taken()) emptySeats(services, context, room);
}

function forget(services: Services, context: Context, session: Session, line: string): void {
  const { directory, identity, log } = services;
  const { name, origin, connection, number, isPrompted } = session;
  const isNameless = session.user === undefined && session.claim === undefined;
  directory.remove(name, origin);
  session.forgetUser(identity.current, context.now());
  // Who has no name, and is asked for one anyway, need not know.
  if (isNameless) {
    session.isPrompted = isPrompted;
    return;
  }
  connection?.notify({ type: 'expelled', line });
  if (name !== '') log.warn({ connection: number, name }, `User expelled: ${name}`);
}

function emptySeats(services: Services, context: Context, room: string): void {
  openRoom(context.whereIs(roomsName), room, services)?.notify({ type: 'expelled' });
}
