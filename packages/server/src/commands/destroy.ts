import { parseName, texts } from '@chat-server/protocol';
import { destroyRoom } from '../domain/room';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { refusalLine } from './refusal-line';

export const destroy: Command = {
  name: 'destroy',
  args: '<room>',
  group: 'Rooms',
  needsRegistration: true,
  summary: 'ends a room that you own',
  completes: ['room'],
  details: ['Its members are told, and what was said in it is forgotten.'],
  async run(rest, { user, person, origin, rooms, limits, spoken }) {
    if (rest === '') return tell(texts.usage(usageOf(destroy)));
    const name = parseName(rest);
    if (name === undefined) return tell(texts.invalidRoomName);
    await spoken();
    const room = await rooms.read(name);
    const decision = await rooms.change(name, destroyRoom(person));
    if (decision === 'store-away' || room === 'store-away') return tell(texts.storeAway);
    if (!decision.ok) return tell(refusalLine(decision.refusal, name, limits, decision.room));
    await rooms.bury(name, user.name, origin);
    return tell(texts.roomDestroyed(room?.name ?? name));
  },
};
