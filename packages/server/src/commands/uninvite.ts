import { parseName, splitWord, texts } from '@chat-server/protocol';
import { uninvite as uninviteRule } from '../domain/room';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { moderate } from './moderating';

export const uninvite: Command = {
  name: 'uninvite',
  args: '<user> [room]',
  group: 'Moderation',
  cost: 2,
  costToStranger: 10,
  needsRegistration: true,
  summary: 'takes back an invitation to a private room, and puts them out if they are in it',
  completes: ['user', 'room'],
  async run(rest, caller) {
    const { user, person } = caller;
    const [who, where] = splitWord(rest);
    if (who === '') return tell(texts.usage(usageOf(uninvite)));
    const target = parseName(who);
    if (target === undefined) return tell(texts.invalidUserName(who));
    const room = parseName(where === '' ? (user.room ?? '') : where);
    if (room === undefined) return tell(where === '' ? texts.notInRoom : texts.invalidRoomName);
    return moderate(caller, {
      room,
      rule: uninviteRule(person, target),
      what: { action: 'uninvite', target },
      deed: () => texts.uninviteDeed(target),
      toTarget: ({ name }) => texts.uninvitedYou(user.name, name),
      done: ({ name }) => texts.uninvited(target, name),
    });
  },
};
