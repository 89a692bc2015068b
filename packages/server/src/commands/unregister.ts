import { texts } from '@chat-server/protocol';
import type { Caller, Command } from './command';
import { type Effect, tell } from './effect';
import { accountLine, askFor } from './secrets';

export const unregister: Command = {
  name: 'unregister',
  args: '[password]',
  group: 'You',
  summary: 'gives your name up: it is anyone’s again',
  details: ['So is what it has in rooms: /destroy first what nobody else is to own.'],
  completes: [[]],
  takesSecret: true,
  cost: 10,
  run(rest, caller) {
    const { name, isRegistered } = caller.user;
    if (isRegistered !== true) return tell(texts.notRegistered(name));
    if (rest !== '') return giveUp(rest, caller);
    return askFor(texts.passwordPrompt, (password) => giveUp(password, caller));
  },
};

async function giveUp(
  password: string,
  { user, accounts, address }: Caller,
): Promise<readonly Effect[]> {
  const proof = await accounts.prove(user.name, password, address);
  if (!proof.ok) return tell(accountLine(proof.why, user.name));
  const changed = await accounts.unregister(proof.account);
  if (changed !== 'done') return tell(accountLine(changed, user.name));
  return [{ do: 'change', user: { isRegistered: false } }, ...tell(texts.unregistered(user.name))];
}
