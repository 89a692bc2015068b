import { texts } from '@chat-server/protocol';
import { themes } from '../domain/terminal-settings';
import { type Command, usageOf } from './command';
import { tell } from './effect';

export const theme: Command = {
  name: 'theme',
  args: '<any|dark|light|none>',
  group: 'Terminal',
  summary: 'chooses colours for your background, or none',
  completes: [themes],
  needsTerminal: true,
  run(rest) {
    const chosen = themes.find((each) => each === rest.trim().toLowerCase());
    if (chosen === undefined) return tell(texts.usage(usageOf(theme)));
    return [{ do: 'draw', settings: { theme: chosen } }, ...tell(texts.themeSet(chosen))];
  },
};
