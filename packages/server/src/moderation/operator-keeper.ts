import { nameKey } from '@chat-server/protocol';
import type { OperatorNames } from '../domain/operator-names';
import type { Account } from '../domain/account';
import type { AccountChange, Accounts } from '../domain/accounts';
import type { Moderation } from '../domain/server-moderation';
import type { ModerationRecord } from '../domain/moderation-record';
import { pardon } from '../domain/sanctions';
import { operatorsDocument } from '../store/keys';
import type { Store } from '../store/store';

const operatorsMax = 100;

export type OperatorChange = AccountChange | 'too-many';

export interface OperatorKeeperOptions {
  readonly store: Pick<Store, 'read' | 'change'>;
  readonly accounts: Pick<Accounts, 'find' | 'setOperator'>;
  readonly moderation: Pick<Moderation, 'change' | 'tell'>;
  readonly records: { note(record: ModerationRecord): void };
  readonly now: () => number;
}

/** Gives and takes operators' rights, at the word of who runs the server. */
export class OperatorKeeper {
  constructor(private readonly around: OperatorKeeperOptions) {}

  /**
   * Makes whoever has a registered name an operator, and ends what bans or mutes that name. Whoever is
   * online by it, on whichever node, is one at once.
   */
  async add(name: string, by: string): Promise<OperatorChange> {
    const account = await this.around.accounts.find(name);
    if (account === 'store-away') return account;
    if (account === undefined) return 'not-registered';
    // Listed before it is one: should this end in between, an operator is never one that no list has.
    const listed = await this.#list(name);
    if (listed !== 'done') return listed;
    const changed = await this.around.accounts.setOperator(name, true);
    if (changed !== 'done') return changed;
    this.#note('operator add', account.name, by);
    await this.around.moderation.change(pardon(name));
    await this.around.moderation.tell({ kind: 'operator', name });
    return 'done';
  }

  /** Takes the rights from whoever has that name, and from all their connections, at once. */
  async remove(name: string, by: string): Promise<OperatorChange> {
    const changed = await this.around.accounts.setOperator(name, false);
    if (changed !== 'done') return changed;
    this.#note('operator remove', name, by);
    await this.around.moderation.tell({ kind: 'operator', name });
    await this.#change((names) => names.filter((each) => each !== nameKey(name)));
    return 'done';
  }

  /** The names of all operators, as they were registered. */
  async list(): Promise<readonly string[] | 'store-away'> {
    const names = await this.#names();
    const accounts = names === 'store-away' ? names : await this.#accountsOf(names);
    if (accounts === 'store-away') return accounts;
    return accounts.filter(({ isOperator }) => isOperator).map((account) => account.name);
  }

  /** Notes a name, and forgets those that are nobody's. */
  async #list(name: string): Promise<'done' | 'too-many' | 'store-away'> {
    const names = await this.#names();
    const accounts = names === 'store-away' ? names : await this.#accountsOf(names);
    if (names === 'store-away' || accounts === 'store-away') return 'store-away';
    const key = nameKey(name);
    const known = new Set(accounts.map((account) => nameKey(account.name)));
    if (known.size >= operatorsMax && !known.has(key)) return 'too-many';
    const gone = new Set(names.filter((each) => !known.has(each)));
    const answer = await this.#change((others) => [
      ...others.filter((each) => !gone.has(each) && each !== key),
      key,
    ]);
    return answer.ok ? 'done' : answer.reason;
  }

  async #names(): Promise<readonly string[] | 'store-away'> {
    const answer = await this.around.store.read<OperatorNames>(operatorsDocument);
    return answer.ok ? (answer.value?.names ?? []) : answer.reason;
  }

  async #accountsOf(names: readonly string[]): Promise<readonly Account[] | 'store-away'> {
    const accounts: Account[] = [];
    for (const name of names) {
      const account = await this.around.accounts.find(name);
      if (account === 'store-away') return account;
      if (account !== undefined) accounts.push(account);
    }
    return accounts;
  }

  #change(rule: (names: readonly string[]) => readonly string[]) {
    return this.around.store.change<OperatorNames, never>(operatorsDocument, (document) => ({
      ok: true,
      document: { names: rule(document?.names ?? []) },
    }));
  }

  #note(action: string, target: string, by: string): void {
    this.around.records.note({ atMs: this.around.now(), by, action, target });
  }
}
