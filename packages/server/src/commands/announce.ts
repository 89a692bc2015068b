import { texts } from '@chat-server/protocol';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { asOperator } from './operating';
import { note } from './server-actions/sanctioning';

export const announce: Command = {
  name: 'announce',
  args: '<text>',
  group: 'Server',
  needsOperator: true,
  summary: 'tells everyone something, on every node',
  async run(text, caller) {
    if (text === '') return tell(texts.usage(usageOf(announce)));
    const { user, moderation } = caller;
    return asOperator(caller, async () => {
      const told = await moderation.tell({ kind: 'announcement', by: user.name, text });
      if (told === 'store-away') return tell(texts.storeAway);
      note(caller, 'announce', 'everyone', { reason: text });
      return [];
    });
  },
};
