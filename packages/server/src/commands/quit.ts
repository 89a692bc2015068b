import type { Command } from './command';

export const quit: Command = {
  name: 'quit',
  group: 'You',
  summary: 'says goodbye',
  run: () => [{ do: 'quit' }],
};
