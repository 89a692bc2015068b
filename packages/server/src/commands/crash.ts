import { texts } from '@chat-server/protocol';
import { type Command, usageOf } from './command';
import { faultTargets, tell } from './effect';

/** Listed by no /help: it is for those who try supervision out. */
export const crash: Command = {
  name: 'crash',
  args: `<${faultTargets.join('|')}>`,
  summary: 'has a part of the server fail, on a server started with --fault-injection',
  run(rest, { faultInjection, user }) {
    if (!faultInjection) return tell(texts.faultsDisabled);
    const target = faultTargets.find((each) => each === rest);
    if (target === undefined) return tell(texts.usage(usageOf(crash)));
    if (target === 'room' && user.room === undefined) return tell(texts.notInRoom);
    return [{ do: 'fault', target }];
  },
};
