import { texts } from '@chat-server/protocol';
import { ban as banRule } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { deedOn, moderate, parseSentence, whatOf } from './moderating';

export const ban: Command = {
  name: 'ban',
  args: '<user> [duration] [reason]',
  group: 'Moderation',
  cost: 2,
  costToStranger: 10,
  isHeard: true,
  needsRegistration: true,
  summary: 'puts someone out of your room and keeps them out',
  completes: ['user'],
  details: [
    'For the owner of the room that you are in, and for operators of the server.',
    'A duration is 90s, 10m, 2h, 1d12h or 1w; without one, the ban holds until you /unban them.',
    'Of a guest who is in the room, it holds for other guests from the same network as well.',
  ],
  async run(rest, caller) {
    const { user, nowMs, limits } = caller;
    if (rest === '') return tell(texts.usage(usageOf(ban)));
    const { room } = user;
    if (room === undefined) return tell(texts.notInRoom);
    const sentence = parseSentence(rest, nowMs, true);
    if (!sentence.ok) return tell(sentence.line);
    const deed = deedOn(caller, sentence);
    const { target, untilMs, reason } = deed;
    return moderate(caller, {
      room,
      rule: banRule(deed, limits.roomBansMax),
      what: whatOf('ban', deed),
      deed: ({ name }) => texts.banDeed(target, name, untilMs, reason),
      toTarget: ({ name }) => texts.bannedYou(user.name, name, texts.end(untilMs, nowMs), reason),
    });
  },
};
