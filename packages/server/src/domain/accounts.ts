import type { Account, AccountRefusal } from './account';

/**
 * Who may register: anyone, or nobody. Where it is `required`, who has not can look around, and
 * neither talk nor make anything.
 */
export const registrations = ['open', 'closed', 'required'] as const;
export type Registration = (typeof registrations)[number];

/** Why nothing is known of a password: all are being hashed that can be, or too many were tried. */
export type Unproven = 'wrong' | 'busy' | 'too-many-tries' | 'store-away';

export type Proof =
  { readonly ok: true; readonly account: Account } | { readonly ok: false; readonly why: Unproven };

/** How asking for something to be kept of an account went. */
export type AccountChange = 'done' | AccountRefusal | 'busy' | 'store-away';

/** The names that are someone's, the same on all nodes; the store behind them may be away. */
export interface Accounts {
  readonly registration: Registration;
  /** Whose a name is; undefined if it is nobody's. */
  find(name: string): Promise<Account | undefined | 'store-away'>;
  /** How many are registered. */
  count(): Promise<number | 'store-away'>;
  /**
   * Whether a password is the one of a name. It takes as long for a name that is nobody's, and longer
   * after each wrong one, for the name and for the address that it came from.
   */
  prove(name: string, password: string, address: string): Promise<Proof>;
  register(name: string, password: string): Promise<AccountChange>;
  /** For who has proven the account. */
  changePassword(account: Account, password: string): Promise<AccountChange>;
  unregister(account: Account): Promise<AccountChange>;
  /** Makes whoever has a registered name an operator of this server, or one no more. */
  setOperator(name: string, isOperator: boolean): Promise<AccountChange>;
}
