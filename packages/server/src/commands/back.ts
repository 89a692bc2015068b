import { texts } from '@chat-server/protocol';
import type { Command } from './command';
import { tell } from './effect';

export const back: Command = {
  name: 'back',
  group: 'You',
  summary: 'ends /away',
  run: (_rest, { user }) =>
    user.away === undefined
      ? tell(texts.youWereNotAway)
      : [
          { do: 'change', user: { away: undefined } },
          { do: 'tell', lines: [texts.youAreBack] },
        ],
};
