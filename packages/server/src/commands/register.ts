import { texts } from '@chat-server/protocol';
import type { Caller, Command } from './command';
import { type Effect, tell } from './effect';
import { accountLine, askForNew, withGood } from './secrets';

export const register: Command = {
  name: 'register',
  args: '[password]',
  group: 'You',
  summary: 'makes your name yours, by a password',
  details: [
    'Without a password here, it is asked for, and not shown where your client can help it.',
  ],
  completes: [[]],
  takesSecret: true,
  cost: 10,
  run(rest, caller) {
    const { user, accounts } = caller;
    if (accounts.registration === 'closed') return tell(texts.registrationClosed);
    if (user.isRegistered === true) return tell(texts.registeredAlready(user.name));
    if (rest !== '') return withGood(rest, user.name, (password) => keep(password, caller));
    return askForNew(texts.passwordPrompt, user.name, (password) => keep(password, caller));
  },
};

async function keep(
  password: string,
  { user, accounts, limits }: Caller,
): Promise<readonly Effect[]> {
  const count = await accounts.count();
  if (count === 'store-away') return tell(texts.storeAway);
  if (count >= limits.accountsMax) return tell(texts.tooManyAccounts(limits.accountsMax));
  const kept = await accounts.register(user.name, password);
  if (kept !== 'done') return tell(accountLine(kept, user.name));
  return [{ do: 'change', user: { isRegistered: true } }, ...tell(texts.registered(user.name))];
}
