import { parseName, sameName, texts } from '@chat-server/protocol';
import { enterRoom } from '../domain/room';
import { unlessBanned } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { refusalLine } from './refusal-line';

export const join: Command = {
  name: 'join',
  aliases: ['j'],
  args: '<room>',
  group: 'Rooms',
  cost: 5,
  summary: 'enters a room, and leaves the one you are in',
  completes: ['room'],
  async run(rest, { user, person, rooms, directory, limits, nowMs, network }) {
    if (rest === '') return tell(texts.usage(usageOf(join)));
    const name = parseName(rest);
    if (name === undefined) return tell(texts.invalidRoomName);
    if (user.room !== undefined && sameName(user.room, name)) {
      return tell(texts.alreadyInRoom(user.room));
    }
    const room = await rooms.read(name);
    if (room === 'store-away') return tell(texts.storeAway);
    const members = directory.countInRoom(name);
    const rule = enterRoom(person, members, limits.roomMembersMax);
    const decision = unlessBanned({ person, network }, nowMs, rule)(room);
    if (!decision.ok) {
      const held = { sanction: decision.sanction, nowMs };
      return tell(refusalLine(decision.refusal, name, limits, decision.room, held));
    }
    return [{ do: 'enter', room: room?.name ?? name }];
  },
};
