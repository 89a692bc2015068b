import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const cookieName = 'chat_operator';
const loginSeconds = 12 * 3_600;

/**
 * The word that lets operators in. It is compared in a time that does not tell how much of it was
 * right, and a browser that logged in is given not the token but a proof of it that ends.
 */
export class Token {
  readonly #digest: Buffer;

  constructor(private readonly text: string) {
    this.#digest = digestOf(text);
  }

  isSame(given: string): boolean {
    return timingSafeEqual(digestOf(given), this.#digest);
  }

  /** What a browser keeps from now on. */
  cookie(nowMs: number): string {
    const expires = Math.floor(nowMs / 1_000) + loginSeconds;
    const value = `${expires}.${this.#proof(expires)}`;
    return `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${loginSeconds}`;
  }

  /** Whether a Cookie header has the proof. */
  isLoggedIn(cookies: string, nowMs: number): boolean {
    const pattern = new RegExp(`(?:^|; *)${cookieName}=(\\d{1,12})\\.([0-9a-f]{64})(?:;|$)`);
    const [, expires = '', proof = ''] = pattern.exec(cookies) ?? [];
    if (proof === '' || Number(expires) * 1_000 <= nowMs) return false;
    return timingSafeEqual(Buffer.from(proof), Buffer.from(this.#proof(Number(expires))));
  }

  #proof(expires: number): string {
    return createHmac('sha256', this.text).update(`chat operator until ${expires}`).digest('hex');
  }
}

/** Has a browser forget that it logged in. */
export const noCookie = `${cookieName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
