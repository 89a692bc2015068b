import { sameName, texts } from '@chat-server/protocol';
import { kick as mayKick } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { deedOn, moderate, parseSentence, whatOf } from './moderating';

export const kick: Command = {
  name: 'kick',
  args: '<user> [reason]',
  group: 'Moderation',
  cost: 2,
  costToStranger: 10,
  isHeard: true,
  needsRegistration: true,
  summary: 'puts someone out of your room; they can come back',
  completes: ['user'],
  details: ['For the owner of the room that you are in, and for operators of the server.'],
  async run(rest, caller) {
    const { user, nowMs, directory } = caller;
    if (rest === '') return tell(texts.usage(usageOf(kick)));
    const { room } = user;
    if (room === undefined) return tell(texts.notInRoom);
    const sentence = parseSentence(rest, nowMs, false);
    if (!sentence.ok) return tell(sentence.line);
    const deed = deedOn(caller, sentence);
    const isHere = directory.inRoom(room).some(({ name }) => sameName(name, deed.target));
    if (!isHere) return tell(texts.notInYourRoom(deed.target, room));
    return moderate(caller, {
      room,
      rule: mayKick(deed),
      what: whatOf('kick', deed),
      deed: ({ name }) => texts.kickDeed(deed.target, name, deed.reason),
      toTarget: ({ name }) => texts.kickedYou(user.name, name, deed.reason),
    });
  },
};
