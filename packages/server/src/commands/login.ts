import { parseName, sameName, splitWord, texts } from '@chat-server/protocol';
import { type Caller, type Command, usageOf } from './command';
import { type Effect, tell } from './effect';
import { accountLine, askFor } from './secrets';

export const login: Command = {
  name: 'login',
  args: '<name> [password]',
  group: 'You',
  summary: 'makes you who you are registered as, if you came as someone else',
  details: ['Without a password here, it is asked for. You leave your room.'],
  completes: ['user', []],
  takesSecret: true,
  cost: 10,
  run(rest, caller) {
    const [word, password] = splitWord(rest);
    if (word === '') return tell(texts.usage(usageOf(login)));
    const name = parseName(word);
    if (name === undefined) return tell(texts.wrongPassword);
    const { user } = caller;
    if (sameName(user.name, name)) return tell(texts.loggedInAlready(user.name));
    if (password !== '') return become(name, password, caller);
    // Asked whether the name is registered or not, and answered alike.
    return askFor(texts.passwordPrompt, (secret) => become(name, secret, caller));
  },
};

async function become(
  name: string,
  password: string,
  { accounts, address }: Caller,
): Promise<readonly Effect[]> {
  const proof = await accounts.prove(name, password, address);
  if (!proof.ok) return tell(accountLine(proof.why, name));
  const { name: proven, isOperator = false } = proof.account;
  return [{ do: 'become', name: proven, isOperator }];
}
