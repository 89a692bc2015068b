import { nameKey, texts } from '@chat-server/protocol';
import { type Command, usageOf } from './command';
import { tell } from './effect';

export const unignore: Command = {
  name: 'unignore',
  args: '<user>',
  group: 'You',
  summary: 'shows again what someone writes',
  completes: ['user'],
  run(rest, { user }) {
    if (rest === '') return tell(texts.usage(usageOf(unignore)));
    const ignored = new Set(user.ignored);
    ignored.delete(nameKey(rest));
    return [
      { do: 'change', user: { ignored } },
      { do: 'tell', lines: [texts.notIgnoring(rest)] },
    ];
  },
};
