import { texts } from '@chat-server/protocol';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { converseWith, whisperTo } from './whisper';

export const reply: Command = {
  name: 'reply',
  aliases: ['r'],
  args: '<text>',
  group: 'Talking',
  needsRegistration: true,
  isHeard: true,
  summary: 'whispers to whoever whispered to you last',
  details: ['At a terminal, without a text: what you type goes to them, until an empty line.'],
  run(rest, caller) {
    const { isPrompted, user } = caller;
    if (rest === '' && !isPrompted) return tell(texts.usage(usageOf(reply)));
    if (user.replyTo === undefined) return tell(texts.nobodyToReplyTo);
    if (rest === '') return converseWith(user.replyTo, caller);
    return whisperTo(user.replyTo, rest, caller);
  },
};
