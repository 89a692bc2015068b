import { texts } from '@chat-server/protocol';
import type { Caller, Command } from './command';
import { type Effect, tell } from './effect';
import { accountLine, askForNew, warnOfReaders, withGood } from './secrets';

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
    if (user.isRegistered === true) return again(caller);
    if (rest !== '') return withGood(rest, user.name, (password) => keep(password, caller));
    const asked = askForNew(texts.passwordPrompt, user.name, (password) => keep(password, caller));
    return [...warnOfReaders(caller), ...asked];
  },
};

async function keep(password: string, caller: Caller): Promise<readonly Effect[]> {
  const { user, accounts, limits } = caller;
  const count = await accounts.count();
  if (count === 'store-away') return tell(texts.storeAway);
  if (count >= limits.accountsMax) return tell(texts.tooManyAccounts(limits.accountsMax));
  if ((await forgetOthers(caller)) === 'store-away') return tell(texts.storeAway);
  const kept = await accounts.register(user.name, password);
  if (kept !== 'done') return tell(accountLine(kept, user.name));
  return [
    { do: 'change', user: { isRegistered: true } },
    ...tell(texts.registered(user.name), ...(await takeAlong(caller))),
  ];
}

/** What a name has that is no account's yet is somebody else's, from before, and never this one's. */
async function forgetOthers({ user: { name }, accounts, rights }: Caller): Promise<unknown> {
  const account = await accounts.find(name);
  return account === undefined ? rights.end({ name }) : account;
}

/** Makes the account's what a guest has in rooms; answers what there is to say of that. */
async function takeAlong({ user: { name }, origin, rights }: Caller): Promise<readonly string[]> {
  const moved = await rights.move({ name, origin }, { name });
  return moved === 'done' ? [] : [texts.roomsNotMoved(name)];
}

/** Tries that once more, where the account is there. */
async function again(caller: Caller): Promise<readonly Effect[]> {
  const { name } = caller.user;
  const account = await caller.accounts.find(name);
  if (account === undefined || account === 'store-away') return tell(texts.registeredAlready(name));
  return tell(texts.registeredAlready(name), ...(await takeAlong(caller)));
}
