import { nameKey } from '@chat-server/protocol';
import { type ActorRef, dynamicChild, startDynamicChild } from '@chat-server/supervision';
import type { RoomArgs } from './room-args';
import type { RoomMessage } from './room-message';
import type { DynamicSupervisorMessage } from '@chat-server/supervision';

type RoomsRef = ActorRef<DynamicSupervisorMessage<RoomArgs, RoomMessage>>;

/**
 * The actor of a room, started if it does not run; undefined while the rooms' supervisor is down.
 * An actor ends when nobody is in its room, so ask for it anew when it is gone.
 */
export function openRoom(
  rooms: RoomsRef | undefined,
  name: string,
  args: Omit<RoomArgs, 'name'>,
): ActorRef<RoomMessage> | undefined {
  if (rooms === undefined) return undefined;
  const key = nameKey(name);
  const present = dynamicChild(rooms, key);
  if (present !== undefined) return present;
  void startDynamicChild(rooms, { ...args, name }, key);
  return dynamicChild(rooms, key);
}
