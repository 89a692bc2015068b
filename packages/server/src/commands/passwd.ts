import { splitWord, texts } from '@chat-server/protocol';
import type { Caller, Command } from './command';
import { type Effect, tell } from './effect';
import { accountLine, askFor, askForNew, warnOfReaders, withGood } from './secrets';

export const passwd: Command = {
  name: 'passwd',
  args: '[current new]',
  group: 'You',
  summary: 'changes your password',
  details: ['Without passwords here, they are asked for.'],
  completes: [[], []],
  takesSecret: true,
  cost: 10,
  run(rest, caller) {
    const { name, isRegistered } = caller.user;
    if (isRegistered !== true) return tell(texts.notRegistered(name));
    const [current, next] = splitWord(rest);
    if (next !== '') return withGood(next, name, () => change(current, next, caller));
    const asked = askFor(texts.currentPasswordPrompt, (old) =>
      askForNew(texts.newPasswordPrompt, name, (password) => change(old, password, caller)),
    );
    return [...warnOfReaders(caller), ...asked];
  },
};

async function change(
  current: string,
  next: string,
  { user, accounts, address }: Caller,
): Promise<readonly Effect[]> {
  const proof = await accounts.prove(user.name, current, address);
  if (!proof.ok) return tell(accountLine(proof.why, user.name));
  const changed = await accounts.changePassword(proof.account, next);
  return tell(changed === 'done' ? texts.passwordChanged : accountLine(changed, user.name));
}
