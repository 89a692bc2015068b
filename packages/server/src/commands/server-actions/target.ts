import { parseName, sameName, texts } from '@chat-server/protocol';
import {
  addressBlockText,
  hasLoopback,
  isInBlock,
  isTooWide,
  parseAddress,
  parseAddressBlock,
} from '../../domain/address-block';
import type { Caller } from '../command';
import type { Read } from '../terms';

/** A name that something may be done about: anyone's but one's own and operators'. */
export async function nameIn(
  word: string,
  { user, accounts }: Pick<Caller, 'user' | 'accounts'>,
): Promise<Read<string>> {
  const name = parseName(word);
  if (name === undefined) return { ok: false, line: texts.noName(word) };
  if (sameName(name, user.name)) return { ok: false, line: texts.toYourself };
  const account = await accounts.find(name);
  if (account === 'store-away') return { ok: false, line: texts.storeAway };
  if (account?.isOperator === true) return { ok: false, line: texts.isOperator(account.name) };
  return { ok: true, value: account?.name ?? name };
}

/** Whether a word is meant as an address or a block of these: no name has a dot or a colon. */
export function isAddressLike(word: string): boolean {
  return /[.:/]/.test(word);
}

/** An address or a block that may be banned, as it is written. */
export function blockIn(word: string, { address }: Pick<Caller, 'address'>): Read<string> {
  const block = parseAddressBlock(word);
  if (block === undefined) return { ok: false, line: texts.noBanTarget(word) };
  const text = addressBlockText(block);
  const own = parseAddress(address);
  if (isTooWide(block)) return { ok: false, line: texts.blockTooWide(text) };
  if (hasLoopback(block)) return { ok: false, line: texts.isThisMachine(text) };
  if (own !== undefined && isInBlock(own, block)) {
    return { ok: false, line: texts.isYourAddress(address) };
  }
  return { ok: true, value: text };
}

/** What was banned with a word, however it is written: a name, or a block. */
export function bannedIn(word: string): string | undefined {
  const block = isAddressLike(word) ? parseAddressBlock(word) : undefined;
  return block === undefined ? parseName(word) : addressBlockText(block);
}
