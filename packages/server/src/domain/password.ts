import { nameKey } from '@chat-server/protocol';

/** NIST SP 800-63B, 5.1.1: length instead of rules about which characters are in it. */
export const passwordCharactersMin = 8;
/** So much is hashed at the most. */
export const passwordCharactersMax = 128;

export type PasswordRefusal = 'too-short' | 'too-long' | 'too-common' | 'is-name';

/**
 * Those of at least eight characters that lists of leaked passwords begin with. A few of them, since
 * guesses are slowed: what is tried first must not be what is let in.
 */
const common: ReadonlySet<string> = new Set(
  [
    '12345678 123456789 1234567890 87654321 11111111 00000000 123123123 12341234 88888888',
    'password password1 password12 password123 passw0rd p@ssw0rd p@ssword passwort',
    'qwertyui qwertyuiop qwerty12 qwerty123 qwertz123 1qaz2wsx 1q2w3e4r asdfghjkl zxcvbnm1',
    'iloveyou sunshine princess football baseball superman trustno1 starwars whatever',
    'letmein1 welcome1 welcome123 changeme changeit administrator admin123 abcd1234 abc12345',
    'computer internet michelle jennifer corvette mercedes maverick samantha dragon12',
  ].flatMap((row) => row.split(' ')),
);

/** A password as it is hashed: typed on another keyboard, it is the same (NFKC). Idempotent. */
export function normalisedPassword(text: string): string {
  return text.normalize('NFKC').trim();
}

/** Why a password is not taken for a name; undefined if it is. */
export function refusePassword(password: string, name: string): PasswordRefusal | undefined {
  const normalised = normalisedPassword(password);
  const characters = Array.from(normalised).length;
  if (characters < passwordCharactersMin) return 'too-short';
  if (characters > passwordCharactersMax) return 'too-long';
  const key = normalised.toLowerCase();
  if (key === nameKey(name)) return 'is-name';
  return common.has(key) || new Set(key).size === 1 ? 'too-common' : undefined;
}
