import { splitWord, texts } from '@chat-server/protocol';
import type { ModerationRecord } from '../../domain/moderation-record';
import { impose, lift, type SanctionKind, sanctionsMax } from '../../domain/sanctions';
import type { Caller } from '../command';
import { type Effect, tell } from '../effect';
import type { ServerAction } from './server-action';
import { bannedIn, blockIn, isAddressLike, nameIn } from './target';
import { reasonOf, termsOf } from '../terms';

const done = { bans: 'banned', mutes: 'muted' } as const;

export const kick: ServerAction = {
  word: 'kick',
  args: '<name> [reason]',
  summary: 'ends all their connections; they may come back',
  async run(rest, caller) {
    const [word, behind] = splitWord(rest);
    if (word === '') return usage(kick);
    const target = await nameIn(word, caller);
    if (!target.ok) return tell(target.line);
    const reason = reasonOf(behind);
    if (!reason.ok) return tell(reason.line);
    const name = caller.directory.find(target.value)?.name;
    if (name === undefined) return tell(texts.notOnline(word));
    const told = await caller.moderation.tell({ kind: 'kick', name, ...reason.value });
    if (told === 'store-away') return tell(texts.storeAway);
    note(caller, 'kick', name, reason.value);
    return tell(texts.kickedBy(name));
  },
};

export const ban: ServerAction = {
  word: 'ban',
  args: '<name|address|block> [duration] [reason]',
  summary: 'ends their connections, and lets them in no more',
  async run(rest, caller) {
    const [word, behind] = splitWord(rest);
    if (word === '') return usage(ban);
    const target = isAddressLike(word) ? blockIn(word, caller) : await nameIn(word, caller);
    return target.ok ? sanction('bans', target.value, behind, caller) : tell(target.line);
  },
};

export const unban: ServerAction = {
  word: 'unban',
  args: '<name|address|block>',
  summary: 'ends a ban',
  run: (rest, caller) => unsanction('bans', rest, unban, caller),
};

export const mute: ServerAction = {
  word: 'mute',
  args: '<name> [duration] [reason]',
  summary: 'lets them read, and say nothing to anyone',
  async run(rest, caller) {
    const [word, behind] = splitWord(rest);
    if (word === '') return usage(mute);
    const target = await nameIn(word, caller);
    return target.ok ? sanction('mutes', target.value, behind, caller) : tell(target.line);
  },
};

export const unmute: ServerAction = {
  word: 'unmute',
  args: '<name>',
  summary: 'ends that',
  run: (rest, caller) => unsanction('mutes', rest, unmute, caller),
};

async function sanction(
  kind: SanctionKind,
  target: string,
  rest: string,
  caller: Caller,
): Promise<readonly Effect[]> {
  const { user, moderation, nowMs } = caller;
  const terms = termsOf(rest, nowMs);
  if (!terms.ok) return tell(terms.line);
  const rule = impose(kind, { target, by: user.name, atMs: nowMs, ...terms.value });
  const decision = await moderation.change(rule);
  if (decision === 'store-away') return tell(texts.storeAway);
  if (!decision.ok) return tell(texts.tooManySanctions(kind, sanctionsMax[kind]));
  const action = kind === 'bans' ? 'ban' : 'mute';
  note(caller, action, target, terms.value);
  return tell(texts.sanctioned(done[kind], target, terms.value, nowMs));
}

async function unsanction(
  kind: SanctionKind,
  rest: string,
  action: ServerAction,
  caller: Caller,
): Promise<readonly Effect[]> {
  const [word] = splitWord(rest);
  if (word === '') return usage(action);
  const target = bannedIn(word);
  if (target === undefined) return tell(texts.noBanTarget(word));
  const decision = await caller.moderation.change(lift(kind, target, caller.nowMs));
  if (decision === 'store-away') return tell(texts.storeAway);
  if (!decision.ok) return tell(texts.notSanctioned(done[kind], target));
  note(caller, action.word, target);
  return tell(texts.unsanctioned(done[kind], target));
}

function usage({ word, args = '' }: ServerAction): readonly Effect[] {
  return tell(texts.usage(`/server ${word} ${args}`));
}

/** Keeps for operators what was done: not as an effect, which whoever hangs up at once would not have. */
export function note(
  { user, moderation, nowMs }: Pick<Caller, 'user' | 'moderation' | 'nowMs'>,
  action: string,
  target: string,
  terms: Pick<ModerationRecord, 'reason' | 'untilMs'> = {},
): void {
  moderation.note({ atMs: nowMs, by: user.name, action, target, ...terms });
}
