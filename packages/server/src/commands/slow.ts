import { parseDuration, texts } from '@chat-server/protocol';
import { slowDown } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { moderate } from './moderating';

export const slow: Command = {
  name: 'slow',
  args: '<duration|off>',
  group: 'Moderation',
  cost: 2,
  needsRegistration: true,
  summary: 'lets each person write one line in that time',
  completes: [['off', '5s', '10s', '30s', '1m']],
  details: [
    'For the owner of the room that you are in, and for operators of the server, whom it does not slow down.',
    'While it lasts, the topic is the owner’s to set.',
  ],
  async run(rest, caller) {
    const { user, person } = caller;
    const isOff = rest.toLowerCase() === 'off';
    const slowMs = isOff ? undefined : parseDuration(rest);
    if (rest === '') return tell(texts.usage(usageOf(slow)));
    if (!isOff && slowMs === undefined) return tell(texts.invalidDuration(rest));
    if (user.room === undefined) return tell(texts.notInRoom);
    return moderate(caller, {
      room: user.room,
      rule: slowDown(person, slowMs),
      what: { action: 'slow', target: '', ...(slowMs !== undefined && { slowMs }) },
      deed: () => texts.slowDeed(slowMs),
    });
  },
};
