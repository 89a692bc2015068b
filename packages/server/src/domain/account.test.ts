import {
  type Account,
  changePassword,
  type PasswordHash,
  register,
  setOperator,
  unregister,
} from './account';

function hashOf(text: string): PasswordHash {
  return {
    kind: 'scrypt',
    hash: text,
    salt: `salt of ${text}`,
    cost: 1,
    blockSize: 1,
    parallelization: 1,
  };
}

const old = hashOf('old');
const next = hashOf('next');
const account: Account = { name: 'One', password: old, registeredAtMs: 5 };

test('a name belongs to who registers it first', () => {
  expect(register('One', old, 5)(undefined)).toEqual({ ok: true, account });
  expect(register('one', next, 9)(account)).toEqual({ ok: false, refusal: 'registered' });
});

test('another password leaves the rest of an account as it was', () => {
  expect(changePassword(old, next)(account)).toEqual({
    ok: true,
    account: { ...account, password: next },
  });
});

test('a name that is given up is nobody’s', () => {
  expect(unregister(old)(account)).toEqual({ ok: true, account: undefined });
});

test('a password that was proven, and changed since, proves nothing', () => {
  const changed = { ...account, password: next };
  for (const rule of [changePassword(old, hashOf('other')), unregister(old)]) {
    expect(rule(changed)).toEqual({ ok: false, refusal: 'changed' });
    expect(rule(undefined)).toEqual({ ok: false, refusal: 'changed' });
  }
});

test('an operator’s rights go with a registered name, outlive its password, and end with it', () => {
  const operator = { ...account, isOperator: true as const };
  expect(setOperator(true)(undefined)).toEqual({ ok: false, refusal: 'not-registered' });
  expect(setOperator(true)(account)).toEqual({ ok: true, account: operator });
  expect(setOperator(true)(operator)).toEqual({ ok: true, account: operator });
  expect(changePassword(old, next)(operator)).toEqual({
    ok: true,
    account: { ...operator, password: next },
  });
  expect(setOperator(false)(operator)).toEqual({ ok: true, account });
  expect(unregister(old)(operator)).toEqual({ ok: true, account: undefined });
  expect(register('one', next, 9)(operator)).toEqual({ ok: false, refusal: 'registered' });
});
