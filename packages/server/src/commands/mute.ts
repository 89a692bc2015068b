import { texts } from '@chat-server/protocol';
import { mute as muteRule } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { deedOn, moderate, parseSentence, whatOf } from './moderating';

export const mute: Command = {
  name: 'mute',
  args: '<user> [duration] [reason]',
  group: 'Moderation',
  cost: 2,
  costToStranger: 10,
  isHeard: true,
  needsRegistration: true,
  summary: 'lets someone read in your room, and not write',
  completes: ['user'],
  details: [
    'For the owner of the room that you are in, and for operators of the server.',
    'A duration is 90s, 10m, 2h, 1d12h or 1w; without one, it holds until you /unmute them.',
  ],
  async run(rest, caller) {
    const { user, nowMs, limits } = caller;
    if (rest === '') return tell(texts.usage(usageOf(mute)));
    const { room } = user;
    if (room === undefined) return tell(texts.notInRoom);
    const sentence = parseSentence(rest, nowMs, true);
    if (!sentence.ok) return tell(sentence.line);
    const deed = deedOn(caller, sentence);
    const { target, untilMs, reason } = deed;
    return moderate(caller, {
      room,
      rule: muteRule(deed, limits.roomMutesMax),
      what: whatOf('mute', deed),
      deed: () => texts.muteDeed(target, untilMs, reason),
      toTarget: ({ name }) => texts.mutedYou(user.name, name, texts.end(untilMs, nowMs), reason),
    });
  },
};
