import { texts } from '@chat-server/protocol';
import type { Command } from './command';
import { tell } from './effect';

export const keys: Command = {
  name: 'keys',
  group: 'Terminal',
  summary: 'lists the keys that edit a line',
  needsTerminal: true,
  run: () => tell(...texts.keys),
};
