import type { ClientTraits } from '@chat-server/protocol';
import type { Look } from '@chat-server/terminal';
import type { TerminalSettings } from '../domain/terminal-settings';

/** Of a client that has not told its width: it wraps lines itself. */
const columnsUnknown = 65_535;

/** How lines are drawn for a client, as it and its settings are. */
export function lookOf(
  { columns, colours, isScreenReader }: ClientTraits,
  { theme, timeZone }: TerminalSettings,
  isTerminal: boolean,
): Look {
  const clock = timeZone === undefined ? undefined : { timeZone };
  const unknown = isTerminal ? 80 : columnsUnknown;
  return { columns: columns ?? unknown, colours, theme, isScreenReader, clock };
}
