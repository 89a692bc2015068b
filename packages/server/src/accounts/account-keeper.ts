import { nameKey } from '@chat-server/protocol';
import type { Clock } from '@chat-server/supervision';
import {
  type Account,
  type AccountDecision,
  type AccountRule,
  changePassword,
  type PasswordHash,
  register,
  setOperator,
  unregister,
} from '../domain/account';
import type { AccountChange, Accounts, Proof, Registration } from '../domain/accounts';
import { LoginThrottle } from '../domain/login-throttle';
import { networkOf } from '../domain/network';

/** Hashes passwords, not on the event loop, and only so many at once. */
export interface Passwords {
  hash(password: string): Promise<PasswordHash | 'busy'>;
  /** Takes as long for a hash that there is not, which nothing matches. */
  matches(password: string, hash: PasswordHash | undefined): Promise<boolean | 'busy'>;
  /** Whether a hash would be made otherwise today. */
  isOutdated(hash: PasswordHash): boolean;
}

/** Where accounts are kept. */
export interface AccountCatalogue {
  read(name: string): Promise<Account | undefined | 'store-away'>;
  count(): Promise<number | 'store-away'>;
  /** Changes an account by a rule, as if no one else did at that moment. */
  change(name: string, rule: AccountRule): Promise<AccountDecision | 'store-away'>;
}

/** Keeps the names that are someone's. */
export class AccountKeeper implements Accounts {
  readonly #throttle = new LoginThrottle();

  constructor(
    private readonly catalogue: AccountCatalogue,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
    readonly registration: Registration,
  ) {}

  find(name: string): Promise<Account | undefined | 'store-away'> {
    return this.catalogue.read(name);
  }

  count(): Promise<number | 'store-away'> {
    return this.catalogue.count();
  }

  async prove(name: string, password: string, address: string): Promise<Proof> {
    const { clock } = this;
    const key = nameKey(name);
    const from = networkOf(address);
    const turn = this.#throttle.take(key, from, clock.now());
    if (!turn.ok) return { ok: false, why: 'too-many-tries' };
    await this.#passed(turn.waitMs);
    const account = await this.catalogue.read(name);
    const isRight =
      account === 'store-away'
        ? account
        : await this.passwords.matches(password, account?.password);
    if (isRight === 'busy' || isRight === 'store-away') {
      this.#throttle.undone(turn, clock.now());
      return { ok: false, why: isRight };
    }
    if (!isRight || account === undefined || account === 'store-away') {
      this.#throttle.failed(from, clock.now());
      return { ok: false, why: 'wrong' };
    }
    this.#throttle.succeeded(turn, key, from);
    return { ok: true, account: await this.#upgraded(account, password) };
  }

  async register(name: string, password: string): Promise<AccountChange> {
    return this.#keep(name, await this.passwords.hash(password), (hash) =>
      register(name, hash, this.clock.now()),
    );
  }

  async changePassword({ name, password: old }: Account, password: string): Promise<AccountChange> {
    return this.#keep(name, await this.passwords.hash(password), (hash) =>
      changePassword(old, hash),
    );
  }

  async unregister({ name, password }: Account): Promise<AccountChange> {
    return changed(await this.catalogue.change(name, unregister(password)));
  }

  async setOperator(name: string, isOperator: boolean): Promise<AccountChange> {
    return changed(await this.catalogue.change(name, setOperator(isOperator)));
  }

  async #keep(
    name: string,
    hash: PasswordHash | 'busy',
    rule: (hash: PasswordHash) => AccountRule,
  ): Promise<AccountChange> {
    return hash === 'busy' ? hash : changed(await this.catalogue.change(name, rule(hash)));
  }

  /** A password that was hashed as it was done once is hashed as it is done now, if there is time. */
  async #upgraded(account: Account, password: string): Promise<Account> {
    if (!this.passwords.isOutdated(account.password)) return account;
    const hash = await this.passwords.hash(password);
    if (hash === 'busy') return account;
    const rule = changePassword(account.password, hash);
    const decision = await this.catalogue.change(account.name, rule);
    const isKept = decision !== 'store-away' && decision.ok;
    return isKept ? (decision.account ?? account) : account;
  }

  #passed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (ms > 0) this.clock.after(ms, resolve);
      else resolve();
    });
  }
}

function changed(decision: AccountDecision | 'store-away'): AccountChange {
  if (decision === 'store-away') return decision;
  return decision.ok ? 'done' : decision.refusal;
}
