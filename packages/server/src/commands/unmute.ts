import { parseName, texts } from '@chat-server/protocol';
import { unmute as unmuteRule } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { moderate } from './moderating';

export const unmute: Command = {
  name: 'unmute',
  args: '<user>',
  group: 'Moderation',
  cost: 2,
  costToStranger: 10,
  needsRegistration: true,
  summary: 'lets someone write in your room again',
  completes: ['user'],
  async run(rest, caller) {
    const { user, person, nowMs } = caller;
    if (rest === '') return tell(texts.usage(usageOf(unmute)));
    const { room } = user;
    if (room === undefined) return tell(texts.notInRoom);
    const target = parseName(rest);
    if (target === undefined) return tell(texts.invalidUserName(rest));
    return moderate(caller, {
      room,
      rule: unmuteRule(person, target, nowMs),
      what: { action: 'unmute', target },
      deed: () => texts.unmuteDeed(target),
      toTarget: ({ name }) => texts.unmutedYou(user.name, name),
    });
  },
};
