import { texts } from '@chat-server/protocol';
import { bells } from '../domain/terminal-settings';
import { type Command, usageOf } from './command';
import { tell } from './effect';

export const bell: Command = {
  name: 'bell',
  args: '<off|whispers|mentions>',
  group: 'Terminal',
  summary: 'chooses what rings',
  details: ['mentions: whispers, and your name where others say it.'],
  completes: [bells],
  needsTerminal: true,
  run(rest) {
    const chosen = bells.find((each) => each === rest.trim().toLowerCase());
    if (chosen === undefined) return tell(texts.usage(usageOf(bell)));
    return [{ do: 'draw', settings: { bell: chosen } }, ...tell(texts.bellSet(chosen))];
  },
};
