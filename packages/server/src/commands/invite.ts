import { parseName, splitWord, texts } from '@chat-server/protocol';
import { holdingOf } from '../domain/holding';
import { inviteTo, maySee } from '../domain/room';
import { unlessTargetBanned } from '../domain/room-moderation';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { refusalLine } from './refusal-line';

export const invite: Command = {
  name: 'invite',
  args: '<user> [room]',
  group: 'Rooms',
  costToStranger: 10,
  needsRegistration: true,
  isHeard: true,
  summary: 'asks someone into a room, the one you are in if you name none',
  completes: ['user', 'room'],
  details: [
    'It lets them into a private room, which you must own or be a guest of yourself.',
    'A guest is invited for as long as they are connected, a registered user for good.',
  ],
  async run(rest, { user, person, rooms, directory, limits, nowMs }) {
    const [who, where] = splitWord(rest);
    if (who === '') return tell(texts.usage(usageOf(invite)));
    const name = parseName(where === '' ? (user.room ?? '') : where);
    if (name === undefined) {
      return tell(where === '' ? texts.notInRoom : texts.invalidRoomName);
    }
    const guest = directory.find(who);
    if (guest === undefined) return tell(texts.notOnline(who));
    const decision = await rooms.change(name, (room) => {
      if (room !== undefined && !maySee(room, person)) {
        return { ok: false, refusal: 'room-private', room };
      }
      const rule = inviteTo(holdingOf(guest), limits.roomInvitationsMax);
      return unlessTargetBanned(guest.name, nowMs, rule)(room);
    });
    if (decision === 'store-away') return tell(texts.storeAway);
    if (!decision.ok) {
      const held = { nowMs, target: guest.name };
      return tell(refusalLine(decision.refusal, name, limits, decision.room, held));
    }
    const room = decision.room?.name ?? name;
    return [
      { do: 'notify', to: guest.name, line: texts.invitation(user.name, room) },
      { do: 'tell', lines: [texts.invited(guest.name, room)] },
    ];
  },
};
