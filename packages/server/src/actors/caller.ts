import { ask } from '@chat-server/supervision';
import type { Caller } from '../commands/command';
import type { ConnectionHost } from './connection-host';
import { roomRights } from './rights';
import { type RoomMessage, roomTimeoutMs } from './room-message';

/** Who asks for something by a connection that has a user, for a command. */
export function callerOf(connection: ConnectionHost): Caller {
  const { services, context, session } = connection;
  const { catalogue: rooms, accounts, directory, moderation, limits, flood } = services;
  const { origin, peer, person, user } = session;
  if (user === undefined) throw new Error('a connection without a name asks for nothing');
  const { address, isEncrypted } = peer;
  const { isDrawn, isTerminal: isPrompted, settings } = session.client;
  const { faultInjection, tlsPort } = services;
  const stores = { directory, rooms, accounts, moderation, rights: roomRights(context) };
  return {
    ...stores,
    limits,
    nowMs: context.now(),
    faultInjection,
    user,
    person,
    origin,
    address,
    isEncrypted,
    tlsPort,
    network: flood.heldNetwork(address),
    terminal: isDrawn ? settings : undefined,
    isPrompted,
    spoken: () => spoken(connection, user.room),
  };
}

async function spoken(connection: ConnectionHost, name = ''): Promise<void> {
  const room = connection.room(name);
  if (room === undefined) return;
  await ask<RoomMessage, void>(room, (reply) => ({ type: 'sync', reply }), roomTimeoutMs);
}
