import type { Command } from './command';

export const clear: Command = {
  name: 'clear',
  group: 'Terminal',
  summary: 'clears the screen',
  needsTerminal: true,
  run: () => [{ do: 'clear' }],
};
