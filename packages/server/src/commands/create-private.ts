import { type Command, usageOf } from './command';
import { createFor } from './create';

export const createPrivate: Command = {
  name: 'create_private',
  args: '<room>',
  group: 'Rooms',
  cost: 10,
  needsRegistration: true,
  isHeard: true,
  summary: 'makes a room that only those you /invite can join',
  details: [
    '/rooms shows it to you and to those who are invited.',
    'When a guest goes, their room passes to who is in it; with nobody in it, it is gone.',
  ],
  run: (rest, caller) => createFor(rest, caller, true, usageOf(createPrivate)),
};
