import { texts } from '@chat-server/protocol';
import type { ActorContext } from '@chat-server/supervision';
import { roomsName } from './names';
import { openRoom } from './rooms';
import type { Services } from './services';
import type { Session } from './session';

type Context = Pick<ActorContext<never>, 'now' | 'whereIs'>;

/** Takes someone's name and seat, and asks them to log in again. Their connection stays. */
export function expel(services: Services, context: Context, session: Session, line: string): void {
  const room = session.user?.room;
  forget(services, context, session, line);
  if (room !== undefined) emptySeats(services, context, room);
}

/** The same for everyone who was on this node before it was taken for dead. Safe to repeat. */
export function expelLapsed(services: Services, context: Context): void {
  const { sessions, identity, seats } = services;
  for (const session of sessions.all()) {
    if (!identity.has(session.origin)) forget(services, context, session, texts.nodeLapsed);
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
