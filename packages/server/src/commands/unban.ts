import { parseName, texts } from '@chat-server/protocol';
import { unban as unbanRule } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { moderate } from './moderating';

export const unban: Command = {
  name: 'unban',
  args: '<user>',
  group: 'Moderation',
  cost: 2,
  costToStranger: 10,
  needsRegistration: true,
  summary: 'lets someone into your room again',
  completes: ['user'],
  async run(rest, caller) {
    const { user, person, nowMs } = caller;
    if (rest === '') return tell(texts.usage(usageOf(unban)));
    const { room } = user;
    if (room === undefined) return tell(texts.notInRoom);
    const target = parseName(rest);
    if (target === undefined) return tell(texts.invalidUserName(rest));
    return moderate(caller, {
      room,
      rule: unbanRule(person, target, nowMs),
      what: { action: 'unban', target },
      deed: ({ name }) => texts.unbanDeed(target, name),
      toTarget: ({ name }) => texts.unbannedYou(user.name, name),
    });
  },
};
