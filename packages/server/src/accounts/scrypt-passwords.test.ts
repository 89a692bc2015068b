import type { PasswordHash } from '../domain/account';
import { scryptCost, ScryptPasswords } from './scrypt-passwords';

const cheap = { cost: 16, blockSize: 1, parallelization: 1 };

async function hashOf(passwords: ScryptPasswords, password: string): Promise<PasswordHash> {
  const hash = await passwords.hash(password);
  if (hash === 'busy') throw new Error('it is busy');
  return hash;
}

test('a password matches its hash, written in whichever way, and no other does', async () => {
  const passwords = new ScryptPasswords(cheap);
  const hash = await hashOf(passwords, 'pässwörter');
  expect(await passwords.matches('pa\u0308sswo\u0308rter', hash)).toBe(true);
  expect(await passwords.matches('pässwörteR', hash)).toBe(false);
  expect(await passwords.matches('pässwörter', undefined)).toBe(false);
});

test('the same password has another hash each time, and neither shows it', async () => {
  const passwords = new ScryptPasswords(cheap);
  const hashes = [
    await hashOf(passwords, 'hunter2hunter2'),
    await hashOf(passwords, 'hunter2hunter2'),
  ];
  expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(2);
  expect(JSON.stringify(hashes)).not.toContain('hunter2');
});

test('a hash is as RFC 7914 has it', async () => {
  const known: PasswordHash = {
    kind: 'scrypt',
    // The second vector of section 12, whose first 32 bytes are those of the shorter key.
    hash: Buffer.from(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
      'hex',
    ).toString('base64'),
    salt: Buffer.from('NaCl').toString('base64'),
    cost: 1024,
    blockSize: 8,
    parallelization: 16,
  };
  expect(await new ScryptPasswords().matches('password', known)).toBe(true);
});

test('a hash of another cost still matches, and is known to be outdated', async () => {
  const old = await hashOf(new ScryptPasswords(cheap), 'correct horse');
  const today = new ScryptPasswords();
  expect(await today.matches('correct horse', old)).toBe(true);
  expect(today.isOutdated(old)).toBe(true);
  expect(today.isOutdated({ ...old, ...scryptCost })).toBe(false);
});

test('hashing leaves the event loop free', async () => {
  const passwords = new ScryptPasswords();
  let turns = 0;
  const timer = setInterval(() => void turns++, 5);
  await passwords.matches('correct horse', undefined);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

test('there is a limit to how many passwords are hashed', async () => {
  const passwords = new ScryptPasswords({ ...cheap, cost: 4_096 });
  const all = Array.from({ length: 60 }, () => passwords.matches('correct horse', undefined));
  const answers = await Promise.all(all);
  expect(answers.filter((each) => each === 'busy')).toHaveLength(18);
});
