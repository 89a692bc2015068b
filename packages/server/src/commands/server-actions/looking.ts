import { parseName, splitWord, texts } from '@chat-server/protocol';
import { isInForce, type SanctionKind } from '../../domain/sanctions';
import type { Caller } from '../command';
import { type Effect, tell } from '../effect';
import type { ServerAction } from './server-action';

const recordsByDefault = 20;
const recordsMax = 500;

export const bans: ServerAction = {
  word: 'bans',
  summary: 'lists who is banned',
  run: (_rest, caller) => list('bans', caller),
};

export const mutes: ServerAction = {
  word: 'mutes',
  summary: 'lists who is muted',
  run: (_rest, caller) => list('mutes', caller),
};

export const records: ServerAction = {
  word: 'records',
  args: '[count]',
  summary: `shows what was done last: ${recordsByDefault}, or so many`,
  async run(rest, { moderation }) {
    const count = rest === '' ? recordsByDefault : Number(rest);
    if (!Number.isSafeInteger(count) || count < 1) {
      return tell(texts.usage('/server records [count]'));
    }
    const all = await moderation.records(Math.min(count, recordsMax));
    if (all === 'store-away') return tell(texts.storeAway);
    if (all.length === 0) return tell(texts.noRecords);
    return tell(texts.records(all.length), ...all.map((record) => texts.record(record)));
  },
};

export const whois: ServerAction = {
  word: 'whois',
  args: '<name>',
  summary: 'tells from which addresses someone is connected',
  async run(rest, { directory, moderation, origin }) {
    const [word] = splitWord(rest);
    if (word === '') return tell(texts.usage('/server whois <name>'));
    const name = directory.find(parseName(word) ?? '')?.name;
    if (name === undefined) return tell(texts.notOnline(word));
    const told = await moderation.tell({ kind: 'whois', name, asker: origin });
    // The nodes that they are on answer.
    return told === 'done' ? [] : tell(texts.storeAway);
  },
};

async function list(kind: SanctionKind, { moderation, nowMs }: Caller): Promise<readonly Effect[]> {
  const sanctions = await moderation.read();
  if (sanctions === 'store-away') return tell(texts.storeAway);
  const inForce = sanctions[kind].filter((each) => isInForce(each, nowMs));
  if (inForce.length === 0) return tell(texts.noSanctions(kind));
  const lines = inForce.map((each) => texts.sanction(each.target, each.by, each, nowMs));
  return tell(texts.sanctions(kind, inForce.length), ...lines);
}
