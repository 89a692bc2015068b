import { texts } from '@chat-server/protocol';
import type { Caller } from './command';
import { type Effect, tell } from './effect';

/**
 * Does what only operators may. Whether one is, is asked of the account at each time, so that no
 * connection has rights that were taken.
 */
export async function asOperator(
  { user, accounts }: Caller,
  act: () => Promise<readonly Effect[]>,
): Promise<readonly Effect[]> {
  const account = await accounts.find(user.name);
  if (account === 'store-away') return tell(texts.storeAway);
  const isOperator = user.isRegistered === true && account?.isOperator === true;
  return isOperator ? act() : tell(texts.notOperatorAnyMore);
}
