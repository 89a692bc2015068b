import { splitWord, texts } from '@chat-server/protocol';
import { lockDown } from '../domain/sanctions';
import { type Caller, type Command, usageOf } from './command';
import { type Effect, tell } from './effect';
import { asOperator } from './operating';
import { note } from './server-actions/sanctioning';
import { reasonOf } from './terms';

const modes = ['off', 'guests', 'all'] as const;
type Mode = (typeof modes)[number];

export const lockdown: Command = {
  name: 'lockdown',
  args: '[off|guests|all] [reason]',
  group: 'Server',
  needsOperator: true,
  summary: 'lets only registered users log in, or nobody new',
  details: [
    'guests: only registered users may log in; all: only operators may; off: everyone may again.',
    'Those who are on stay. Without a word it says what holds.',
  ],
  completes: [modes, []],
  async run(rest, caller) {
    const [word, behind] = splitWord(rest);
    if (word === '') return asOperator(caller, () => tellState(caller));
    const mode = modes.find((each) => each === word.toLowerCase());
    if (mode === undefined) return tell(texts.usage(usageOf(lockdown)));
    const reason = reasonOf(behind);
    if (!reason.ok) return tell(reason.line);
    return asOperator(caller, () => change(mode, reason.value, caller));
  },
};

async function tellState({ moderation }: Caller): Promise<readonly Effect[]> {
  const sanctions = await moderation.read();
  if (sanctions === 'store-away') return tell(texts.storeAway);
  const { mode = 'off', reason } = sanctions.lockdown ?? {};
  return tell(texts.lockdownIs(mode, reason));
}

async function change(
  mode: Mode,
  terms: { readonly reason?: string },
  caller: Caller,
): Promise<readonly Effect[]> {
  const { moderation, user, nowMs } = caller;
  const next = mode === 'off' ? undefined : { mode, by: user.name, atMs: nowMs, ...terms };
  const decision = await moderation.change(lockDown(next));
  if (decision === 'store-away') return tell(texts.storeAway);
  note(caller, 'lockdown', mode, terms);
  return tell(texts.lockdownIs(mode, terms.reason));
}
