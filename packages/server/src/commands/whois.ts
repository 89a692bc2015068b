import { sameName, texts } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import { maySee } from '../domain/room';
import { type Command, usageOf } from './command';
import { tell } from './effect';

export const whois: Command = {
  name: 'whois',
  args: '<user>',
  group: 'People',
  cost: 2,
  summary: 'tells what there is to know of someone',
  completes: ['user'],
  async run(rest, { user, person, directory, rooms, nowMs }) {
    if (rest === '') return tell(texts.usage(usageOf(whois)));
    const who = directory.find(rest);
    if (who === undefined) return tell(texts.notOnline(rest));
    const room = who.room === undefined ? undefined : await rooms.read(who.room);
    if (room === 'store-away') return tell(texts.storeAway);
    const isSeen = room !== undefined && (maySee(room, person) || isMate(who, user.room));
    const { name, sinceMs, away, isRegistered } = who;
    const seen = isSeen ? room.name : undefined;
    const count = directory.allOf(name).length;
    const isSeveral = count > 1 && sameName(name, user.name);
    return tell(
      texts.whois(name, nowMs - sinceMs, seen, away, isRegistered),
      ...(isSeveral ? [texts.connectedTimes(count)] : []),
    );
  },
};

function isMate({ room }: Presence, mine: string | undefined): boolean {
  return room !== undefined && mine !== undefined && sameName(room, mine);
}
