import { parseName, texts } from '@chat-server/protocol';
import { createRoom } from '../domain/room';
import { type Caller, type Command, usageOf } from './command';
import { type Effect, tell } from './effect';
import { refusalLine } from './refusal-line';

export const create: Command = {
  name: 'create',
  args: '<room>',
  group: 'Rooms',
  cost: 10,
  needsRegistration: true,
  isHeard: true,
  summary: 'makes a room that anyone can join',
  details: [
    'You own it: only you can /destroy it.',
    'When a guest goes, their room passes to who is in it, or to who enters it next.',
  ],
  run: (rest, caller) => createFor(rest, caller, false, usageOf(create)),
};

/** Makes a room, public or private. */
export async function createFor(
  rest: string,
  caller: Caller,
  isPrivate: boolean,
  usage: string,
): Promise<readonly Effect[]> {
  const { user, person, rooms, limits, nowMs, accounts } = caller;
  if (rest === '') return tell(texts.usage(usage));
  const name = parseName(rest);
  if (name === undefined) return tell(texts.invalidRoomName);
  const count = await rooms.count();
  if (count === 'store-away') return tell(texts.storeAway);
  if (count >= limits.roomsMax) return tell(texts.tooManyRooms(limits.roomsMax));
  const decision = await rooms.change(name, createRoom(name, person, isPrivate, nowMs));
  if (decision === 'store-away') return tell(texts.storeAway);
  if (!decision.ok) return tell(refusalLine(decision.refusal, name, limits, decision.room));
  const isGuests = isPrivate && user.isRegistered !== true;
  const more = isGuests ? [texts.guestsRoom(name, accounts.registration !== 'closed')] : [];
  return tell(texts.roomCreated(name), ...more);
}
