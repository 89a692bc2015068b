import { nameKey } from '@chat-server/protocol';
import type { Account, AccountDecision, AccountRefusal, AccountRule } from '../domain/account';
import { accountOf, accountsCollection } from './keys';
import type { Store } from './store';

/** The accounts as the store keeps them: a document each, by its name as names are compared. */
export class StoredAccounts {
  constructor(private readonly store: Pick<Store, 'read' | 'count' | 'change'>) {}

  async read(name: string): Promise<Account | undefined | 'store-away'> {
    const answer = await this.store.read<Account>(accountOf(nameKey(name)));
    return answer.ok ? answer.value : answer.reason;
  }

  async count(): Promise<number | 'store-away'> {
    const answer = await this.store.count(accountsCollection);
    return answer.ok ? answer.value : answer.reason;
  }

  async change(name: string, rule: AccountRule): Promise<AccountDecision | 'store-away'> {
    const at = accountOf(nameKey(name));
    const answer = await this.store.change<Account, AccountRefusal>(at, (account) => {
      const decision = rule(account);
      return decision.ok
        ? { ok: true, document: decision.account }
        : { ok: false, refused: decision.refusal };
    });
    if (!answer.ok) return answer.reason;
    const changed = answer.value;
    if (changed.ok) return { ok: true, account: changed.document };
    return { ok: false, refusal: changed.refused };
  }
}
