/** What is kept of a password: its hash, and all that it takes to make the same one again. */
export interface PasswordHash {
  readonly kind: 'scrypt';
  /** In base64, as the salt. */
  readonly hash: string;
  readonly salt: string;
  /** N, r and p of RFC 7914. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** A name that is someone's. */
export interface Account {
  /** As it was registered, and is shown. */
  readonly name: string;
  readonly password: PasswordHash;
  readonly registeredAtMs: number;
  /** Whether whoever proves the password is an operator of this server. */
  readonly isOperator?: true;
}

/** `changed`: the password is not the one any more that was proven. */
export type AccountRefusal = 'registered' | 'changed' | 'not-registered';

/** What a rule makes of an account: the one that follows (none: it is gone), or a refusal. */
export type AccountDecision =
  | { readonly ok: true; readonly account: Account | undefined }
  | { readonly ok: false; readonly refusal: AccountRefusal };

/** A pure rule: the same account gives the same decision, so that it can be tried again. */
export type AccountRule = (account: Account | undefined) => AccountDecision;

/** Gives a name to whoever is the first to ask. */
export function register(name: string, password: PasswordHash, atMs: number): AccountRule {
  return (account) =>
    account === undefined
      ? { ok: true, account: { name, password, registeredAtMs: atMs } }
      : { ok: false, refusal: 'registered' };
}

/** Another password, for who has proven the one there is. */
export function changePassword(proven: PasswordHash, next: PasswordHash): AccountRule {
  return onProven(proven, (account) => ({ ...account, password: next }));
}

/** The name is nobody's again, at the word of who has proven that it is theirs. */
export function unregister(proven: PasswordHash): AccountRule {
  return onProven(proven, () => undefined);
}

/** Makes whoever has the name an operator, or one no more. */
export function setOperator(isOperator: boolean): AccountRule {
  return (account) => {
    if (account === undefined) return { ok: false, refusal: 'not-registered' };
    const { isOperator: _before, ...rest } = account;
    return { ok: true, account: isOperator ? { ...rest, isOperator } : rest };
  };
}

function onProven(
  proven: PasswordHash,
  next: (account: Account) => Account | undefined,
): AccountRule {
  // Of two who change it at once, the second has proven what is true no longer.
  return (account) =>
    account?.password.hash === proven.hash && account.password.salt === proven.salt
      ? { ok: true, account: next(account) }
      : { ok: false, refusal: 'changed' };
}
