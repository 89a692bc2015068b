import { texts } from '@chat-server/protocol';
import { mayRule } from '../domain/room';
import { inForce, type RoomSanction } from '../domain/room-sanction';
import type { Command } from './command';
import { tell } from './effect';
import { refusalLine } from './refusal-line';

export const bans: Command = {
  name: 'bans',
  group: 'Moderation',
  cost: 2,
  summary: 'lists who is banned from your room, or muted in it',
  details: ['For the owner of the room that you are in, and for operators of the server.'],
  async run(_rest, { user, person, rooms, limits, nowMs }) {
    if (user.room === undefined) return tell(texts.notInRoom);
    const room = await rooms.read(user.room);
    if (room === 'store-away') return tell(texts.storeAway);
    if (room === undefined) return tell(refusalLine('no-such-room', user.room, limits));
    if (!mayRule(room, person)) return tell(refusalLine('not-owner', room.name, limits, room));
    const lines = [
      ...listOf(texts.bansOf(room.name), inForce(room.bans, nowMs), nowMs),
      ...listOf(texts.mutesOf(room.name), inForce(room.mutes, nowMs), nowMs),
    ];
    return tell(...(lines.length === 0 ? [texts.noBans(room.name)] : lines));
  },
};

function listOf(title: string, sanctions: readonly RoomSanction[], nowMs: number): string[] {
  if (sanctions.length === 0) return [];
  const lines = sanctions.map(({ name, by, untilMs, reason }) =>
    texts.banLine(name, by, texts.end(untilMs, nowMs), reason),
  );
  return [title, ...lines];
}
