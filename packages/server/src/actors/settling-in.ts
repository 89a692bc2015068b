import { sameName } from '@chat-server/protocol';
import type { ConnectionHost } from './connection-host';
import { takeOver } from './rights';

/**
 * What is done for someone who has entered a room, before their next line: one that is nobody's is
 * theirs, and who is back where they were is shown what they missed.
 */
export function settleIn(connection: ConnectionHost, room: string, isOwnerless: boolean): void {
  const { session, services, context } = connection;
  const { back, origin, person } = session;
  session.back = undefined;
  const isBack = back !== undefined && sameName(back.room, room);
  if (!isBack && !isOwnerless) return;
  const missed = isBack ? services.returns.missed(back, origin) : Promise.resolve([]);
  const taken = isOwnerless ? takeOver(room, person, context.now(), services) : Promise.resolve();
  const settled = Promise.all([missed, taken]);
  connection.await(settled.then(([lines]) => [{ do: 'tell', lines }]));
}
