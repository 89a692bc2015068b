import { texts } from '@chat-server/protocol';
import { setTopic } from '../domain/room';
import { unlessHushed } from '../domain/room-moderation';
import type { Command } from './command';
import { tell } from './effect';
import { refusalLine } from './refusal-line';

export const topic: Command = {
  name: 'topic',
  args: '[text]',
  group: 'Rooms',
  needsRegistration: true,
  isHeard: true,
  summary: 'shows what your room is about, or says it anew',
  details: ['The topic of a private room is its owner’s to set.'],
  async run(rest, { user, person, rooms, limits, nowMs }) {
    const name = user.room;
    if (name === undefined) return tell(texts.notInRoom);
    if (rest === '') {
      const room = await rooms.read(name);
      if (room === 'store-away') return tell(texts.storeAway);
      return tell(room?.topic === undefined ? texts.noTopic(name) : texts.topic(name, room.topic));
    }
    const rule = unlessHushed(person, nowMs, setTopic(person, rest));
    const decision = await rooms.change(name, rule);
    if (decision === 'store-away') return tell(texts.storeAway);
    if (!decision.ok) {
      const held = { sanction: decision.sanction, nowMs };
      return tell(refusalLine(decision.refusal, name, limits, decision.room, held));
    }
    return [{ do: 'speak', kind: 'topic', text: rest }];
  },
};
