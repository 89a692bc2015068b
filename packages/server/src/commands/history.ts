import { nameKey, texts } from '@chat-server/protocol';
import { lineOf } from '../domain/room-event';
import { type Command, usageOf } from './command';
import { tell } from './effect';

const countDefault = 20;

export const history: Command = {
  name: 'history',
  args: '[count]',
  group: 'Rooms',
  cost: 10,
  summary: 'shows what was said in your room, the last 20 lines or as many as you ask for',
  async run(rest, { user, rooms, limits, spoken }) {
    const name = user.room;
    if (name === undefined) return tell(texts.notInRoom);
    const count = rest === '' ? countDefault : Number(rest);
    if (!Number.isInteger(count) || count < 1) return tell(texts.usage(usageOf(history)));
    await spoken();
    const events = await rooms.history(name, Math.min(count, limits.historyLinesMax));
    if (events === 'store-away') return tell(texts.storeAway);
    const seen = events.filter(({ by }) => !user.ignored.has(nameKey(by)));
    if (seen.length === 0) return tell(texts.noHistory(name));
    const lines = seen.map((event) => texts.historyLine(event.atMs, lineOf(event, name)));
    return tell(texts.history(name, lines.length), ...lines);
  },
};
