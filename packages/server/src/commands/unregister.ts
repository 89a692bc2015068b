import { texts } from '@chat-server/protocol';
import type { Caller, Command } from './command';
import { type Effect, tell } from './effect';
import { accountLine, askFor } from './secrets';

export const unregister: Command = {
  name: 'unregister',
  args: '[password]',
  group: 'You',
  summary: 'gives your name up: it is anyone’s again',
  details: ['Your rooms are yours while you are here, and pass on then as those of guests do.'],
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
  { user, accounts, moderation, address, origin, rights }: Caller,
): Promise<readonly Effect[]> {
  const proof = await accounts.prove(user.name, password, address);
  if (!proof.ok) return tell(accountLine(proof.why, user.name));
  // What is in rooms goes first: nothing must be left to whoever registers the name next.
  const [account, guest] = [{ name: user.name }, { name: user.name, origin }];
  const moved = await rights.move(account, guest);
  const changed = moved === 'done' ? await accounts.unregister(proof.account) : moved;
  if (changed !== 'done') {
    // Where nobody knows whether the account is gone, nothing may be given to it.
    const kept = await accounts.find(user.name);
    if (kept !== undefined && kept !== 'store-away') await rights.move(guest, account);
    return tell(accountLine(changed, user.name));
  }
  // All who are connected by that name are operators no more, on every node.
  if (proof.account.isOperator === true) {
    await moderation.tell({ kind: 'operator', name: user.name });
  }
  const nobody = { isRegistered: false, isOperator: false } as const;
  return [{ do: 'change', user: nobody }, ...tell(texts.unregistered(user.name))];
}
