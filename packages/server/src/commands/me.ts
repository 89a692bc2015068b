import { texts } from '@chat-server/protocol';
import { type Command, usageOf } from './command';
import { tell } from './effect';

export const me: Command = {
  name: 'me',
  args: '<what you do>',
  group: 'Talking',
  needsRegistration: true,
  isHeard: true,
  summary: 'says what you do, as in: * one waves',
  run(rest, { user }) {
    if (rest === '') return tell(texts.usage(usageOf(me)));
    if (user.room === undefined) return tell(texts.notInRoom);
    return [{ do: 'speak', kind: 'acted', text: rest }];
  },
};
