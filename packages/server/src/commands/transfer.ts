import { parseName, splitWord, texts } from '@chat-server/protocol';
import { type Holding, holdingOf } from '../domain/holding';
import { transferTo } from '../domain/room';
import { type Caller, type Command, usageOf } from './command';
import { tell } from './effect';
import { moderate } from './moderating';

export const transfer: Command = {
  name: 'transfer',
  args: '<user> [room]',
  group: 'Moderation',
  cost: 2,
  costToStranger: 10,
  needsRegistration: true,
  summary: 'gives a room that you own to someone who is online or registered',
  completes: ['user', 'room'],
  details: ['They own it from then on, and you do not. To a private room you stay invited.'],
  async run(rest, caller) {
    const { user, person, limits } = caller;
    const [who, where] = splitWord(rest);
    if (who === '') return tell(texts.usage(usageOf(transfer)));
    const room = parseName(where === '' ? (user.room ?? '') : where);
    if (room === undefined) return tell(where === '' ? texts.notInRoom : texts.invalidRoomName);
    const target = await heirOf(who, caller);
    if (target === 'store-away') return tell(texts.storeAway);
    if (target === undefined) return tell(texts.nobodyOfThatName(who));
    return moderate(caller, {
      room,
      rule: transferTo(person, target, limits.roomInvitationsMax),
      what: { action: 'transfer', target: target.name },
      deed: ({ name }) => texts.transferDeed(target.name, name),
      toTarget: ({ name }) => texts.roomGivenToYou(user.name, name),
      done: ({ name }) => texts.transferred(target.name, name),
    });
  },
};

/** Who is to have it: who is online by that name, or has registered it. */
async function heirOf(
  who: string,
  { directory, accounts }: Caller,
): Promise<Holding | undefined | 'store-away'> {
  const present = directory.find(who);
  if (present !== undefined) return holdingOf(present);
  const account = await accounts.find(who);
  return account === undefined || account === 'store-away' ? account : { name: account.name };
}
