import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import type { PasswordHash } from '../domain/account';
import { normalisedPassword } from '../domain/password';
import type { Passwords } from './account-keeper';
import { Turns } from './turns';

export type ScryptCost = Pick<PasswordHash, 'cost' | 'blockSize' | 'parallelization'>;

/** 32 MiB and some 0.2 s of one core, as OWASP's Password Storage Cheat Sheet has it. */
export const scryptCost: ScryptCost = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };

const saltBytes = 16;
const hashBytes = 32;
/** Of the four threads that files and name look-ups need as well. */
const hashingMax = 2;
/** What is done in some 5 s. */
const waitingMax = 40;

/**
 * Passwords hashed by scrypt (RFC 7914), on other threads than the event loop's: two at once, and a
 * bounded number waits, so that logins cost no more of the machine than that.
 */
export class ScryptPasswords implements Passwords {
  readonly #turns = new Turns(hashingMax, waitingMax);
  /** Of no password: what is compared with where there is nothing to compare with. */
  readonly #nobodys: PasswordHash;

  constructor(private readonly now: ScryptCost = scryptCost) {
    const [hash, salt] = [randomBytes(hashBytes), randomBytes(saltBytes)];
    this.#nobodys = kept(hash, salt, now);
  }

  hash(password: string): Promise<PasswordHash | 'busy'> {
    return this.#turns.run(async () => {
      const salt = randomBytes(saltBytes);
      return kept(await derive(password, salt, this.now), salt, this.now);
    });
  }

  /** Takes as long if there is nothing to compare with. */
  matches(password: string, hash: PasswordHash | undefined): Promise<boolean | 'busy'> {
    return this.#turns.run(async () => {
      const known = hash ?? this.#nobodys;
      const derived = await derive(password, Buffer.from(known.salt, 'base64'), known);
      const isSame = timingSafeEqual(derived, Buffer.from(known.hash, 'base64'));
      return isSame && hash !== undefined;
    });
  }

  isOutdated(hash: PasswordHash): boolean {
    const { cost, blockSize, parallelization } = this.now;
    return (
      hash.cost !== cost || hash.blockSize !== blockSize || hash.parallelization !== parallelization
    );
  }
}

function kept(hash: Buffer, salt: Buffer, cost: ScryptCost): PasswordHash {
  const { cost: n, blockSize, parallelization } = cost;
  return {
    kind: 'scrypt',
    hash: hash.toString('base64'),
    salt: salt.toString('base64'),
    cost: n,
    blockSize,
    parallelization,
  };
}

function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const { cost: n, blockSize, parallelization } = cost;
  const maxmem = 128 * n * blockSize * 2;
  const options: ScryptOptions = { cost: n, blockSize, parallelization, maxmem };
  return new Promise((resolve, reject) => {
    scrypt(normalisedPassword(password), salt, hashBytes, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
}
