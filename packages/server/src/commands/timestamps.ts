import { texts } from '@chat-server/protocol';
import { parseTimeZone } from '../domain/terminal-settings';
import { type Command, usageOf } from './command';
import { tell } from './effect';

export const timestamps: Command = {
  name: 'timestamps',
  args: '<on|off|zone>',
  group: 'Terminal',
  summary: 'puts the time in front of each line',
  details: ['A zone is, for example, Europe/Berlin or America/New_York; on is UTC.'],
  completes: [['on', 'off']],
  needsTerminal: true,
  run(rest) {
    const asked = rest.trim();
    if (asked === '') return tell(texts.usage(usageOf(timestamps)));
    if (asked.toLowerCase() === 'off') {
      return [{ do: 'draw', settings: { timeZone: undefined } }, ...tell(texts.timestampsOff)];
    }
    const timeZone = parseTimeZone(asked.toLowerCase() === 'on' ? 'UTC' : asked);
    if (timeZone === undefined) return tell(texts.noSuchTimeZone(asked));
    return [{ do: 'draw', settings: { timeZone } }, ...tell(texts.timestampsOn(timeZone))];
  },
};
