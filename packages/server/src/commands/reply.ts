import { texts } from '@chat-server/protocol';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { whisperTo } from './whisper';

export const reply: Command = {
  name: 'reply',
  aliases: ['r'],
  args: '<text>',
  group: 'Talking',
  summary: 'whispers to whoever whispered to you last',
  run(rest, caller) {
    if (rest === '') return tell(texts.usage(usageOf(reply)));
    const { replyTo } = caller.user;
    return replyTo === undefined ? tell(texts.nobodyToReplyTo) : whisperTo(replyTo, rest, caller);
  },
};
