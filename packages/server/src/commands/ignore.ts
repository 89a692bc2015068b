import { nameKey, parseName, sameName, texts } from '@chat-server/protocol';
import type { Command } from './command';
import { tell } from './effect';

export const ignore: Command = {
  name: 'ignore',
  args: '[user]',
  group: 'You',
  summary: 'hides what someone writes from you, or lists whom you ignore',
  completes: ['user'],
  run(rest, { user, limits }) {
    if (rest === '') return tell(texts.ignoredUsers([...user.ignored]));
    const name = parseName(rest);
    if (name === undefined) return tell(texts.notOnline(rest));
    if (sameName(name, user.name)) return tell(texts.toYourself);
    if (user.ignored.size >= limits.ignoredMax && !user.ignored.has(nameKey(name))) {
      return tell(texts.tooManyIgnored(limits.ignoredMax));
    }
    return [
      { do: 'change', user: { ignored: new Set(user.ignored).add(nameKey(name)) } },
      { do: 'tell', lines: [texts.ignoring(name)] },
    ];
  },
};
