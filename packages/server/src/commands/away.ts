import { texts } from '@chat-server/protocol';
import type { Command } from './command';

const messageDefault = 'back later';

export const away: Command = {
  name: 'away',
  args: '[why]',
  group: 'You',
  isHeard: true,
  summary: 'tells those who whisper to you that you are away',
  run(rest) {
    const message = rest === '' ? messageDefault : rest;
    return [
      { do: 'change', user: { away: message } },
      { do: 'tell', lines: [texts.youAreAway(message)] },
    ];
  },
};
