import { splitWord, texts } from '@chat-server/protocol';
import { type Command, usageOf } from './command';
import { tell } from './effect';
import { asOperator } from './operating';
import { bans, mutes, records, whois } from './server-actions/looking';
import { ban, kick, mute, unban, unmute } from './server-actions/sanctioning';
import type { ServerAction } from './server-actions/server-action';

const actions: readonly ServerAction[] = [
  kick,
  ban,
  unban,
  bans,
  mute,
  unmute,
  mutes,
  whois,
  records,
];

const usages = actions.map(({ word, args = '' }) => `${word} ${args}`.trim());
const width = Math.max(...usages.map(({ length }) => length));

export const server: Command = {
  name: 'server',
  args: '<what> …',
  group: 'Server',
  needsOperator: true,
  summary: 'keeps people off the whole server, or quiet on it',
  details: [
    ...actions.map(({ summary }, index) => `${(usages[index] ?? '').padEnd(width)}  ${summary}`),
    'A duration is 90s, 10m, 2h, 1d12h or 4w; without one, it lasts until it is lifted.',
    'A block is 192.0.2.0/24 or 2001:db8::/32; an address of IPv6 stands for its /64.',
    'A guest who is banned by name can come back by another one: ban the address that whois tells.',
    'Operators cannot be kicked, banned or muted by name.',
  ],
  completes: [actions.map(({ word }) => word), 'user'],
  async run(rest, caller) {
    const [word, behind] = splitWord(rest);
    const action = actions.find((each) => each.word === word.toLowerCase());
    if (action === undefined) {
      return tell(texts.usage(usageOf(server)), ...usages.map((usage) => `  /server ${usage}`));
    }
    return asOperator(caller, () => action.run(behind, caller));
  },
};
