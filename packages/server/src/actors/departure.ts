import { texts } from '@chat-server/protocol';
import type { ActorContext } from '@chat-server/supervision';
import { registryName, roomsName } from './names';
import { expectBack } from './returns';
import { endRights } from './rights';
import { openRoom } from './rooms';
import type { Services } from './services';
import type { Session } from './session';

/** How actors are found. */
export type WhereIs = ActorContext<never>['whereIs'];

/** Takes a session that is over out of its room, gives back its name, and logs it. Once. */
export function depart(session: Session, services: Services, whereIs: WhereIs): void {
  if (session.hasDeparted) return;
  session.hasDeparted = true;
  session.dropInput();
  const isExpected = expectBack(session, services);
  const { origin, user, claim, entering, closeReason: reason } = session;
  for (const name of new Set([user?.room, entering])) {
    if (name === undefined) continue;
    openRoom(whereIs(roomsName), name, services)?.notify({
      type: 'leave',
      origin,
      name: session.name,
    });
  }
  if (claim !== undefined) whereIs(registryName)?.notify({ type: 'release', name: claim, origin });
  if (user === undefined) return;
  // What is a guest's stays theirs where they are to come again.
  if (!isExpected && user.isRegistered !== true) {
    endRights({ name: user.name, origin }, { whereIs });
  }
  const { address } = session.peer;
  services.log.info(
    { connection: session.number, name: user.name, address, reason },
    `User disconnected: ${user.name}`,
  );
}

/** Ends a session whose actor has failed too often to be started again. */
export function giveUp(session: Session, services: Services, whereIs: WhereIs): void {
  const { peer } = session;
  session.connection = undefined;
  session.closeReason = 'too many failures';
  session.client.leave();
  session.client.show(texts.tooManyFailures);
  depart(session, services, whereIs);
  services.sessions.remove(session);
  peer.end();
}
