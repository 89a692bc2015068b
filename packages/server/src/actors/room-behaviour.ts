import type { Behaviour } from '@chat-server/supervision';
import { RoomActor } from './room';
import type { RoomArgs } from './room-args';
import type { RoomMessage } from './room-message';

/** What the supervisor of rooms runs for each of them. */
export const roomBehaviour: Behaviour<RoomArgs, RoomActor, RoomMessage> = {
  init: (args, context) => new RoomActor(args, context),
  receive(room, message) {
    room.receive(message);
    return room;
  },
  settled(room) {
    room.settled();
    return room;
  },
  failed: (room, message) => room.failed(message),
  terminate: (room) => room.terminate(),
};
