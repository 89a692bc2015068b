import type { FloodRates, InputRates } from './flood-rates';
import { type Rate, TokenBucket } from './token-bucket';

/** Buckets for what is sent, of one connection or of all from one address. */
export class InputBuckets {
  readonly lines = new TokenBucket();
  readonly bytes = new TokenBucket();
}

/**
 * How far someone has come who sends too much. Their input is delayed at first; who has been delayed
 * for long is told so; then their lines are refused; then it is over.
 */
export type FloodStage = 'calm' | 'telling' | 'refusing' | 'over';

/** How long one's input is delayed before one is told why. */
const silentDelayMs = 5_000;

/** No step takes longer that is not interrupted. */
const workMsAtOnceMax = 10;

/** To whom one has whispered that are kept in mind. */
const acquaintancesMax = 64;

/**
 * Meters what one connection sends. What is over its rates must wait, or that of its address; only
 * the first counts as flooding, so that nobody is refused a line for what neighbours do. All who are
 * delayed share a little of the server's time, so that many who flood take no more than one. Whoever has
 * kept still until a quarter of each bucket is there again has stopped flooding.
 */
export class FloodGate {
  readonly #own = new InputBuckets();
  readonly #work = new TokenBucket();
  #heldUntilMs = 0;
  /** Until when it is held back by what it has sent itself. */
  #ownUntilMs = 0;
  /** Since when its input waits, and has not been counted as delayed. */
  #waitingSinceMs: number | undefined;
  /** How long its input has been delayed since it was calm. */
  #delayedMs = 0;
  #refusingSinceMs: number | undefined;
  #acquaintances: Set<string> | undefined;

  /** `rates` undefined for no flood control, `shared` for an address that is free of it. */
  constructor(
    private readonly rates: FloodRates | undefined,
    private readonly shared: InputBuckets | undefined,
    /** What the server works for all who are being delayed. */
    private readonly floods: TokenBucket,
  ) {}

  get isOpen(): boolean {
    return this.rates === undefined;
  }

  /** Whether what has been read must wait. */
  isHeld(nowMs: number): boolean {
    return this.#heldUntilMs > nowMs;
  }

  /**
   * To be told at each time it is looked at whether something waits: answers for how long it must, 0
   * where nothing does.
   */
  delay(isWaiting: boolean, nowMs: number): number {
    if (this.#waitingSinceMs !== undefined) this.#delayedMs += nowMs - this.#waitingSinceMs;
    this.#waitingSinceMs = isWaiting && this.#ownUntilMs > nowMs ? nowMs : undefined;
    return isWaiting ? Math.max(0, this.#heldUntilMs - nowMs) : 0;
  }

  /** That many bytes have been looked at. */
  read(bytes: number, nowMs: number): void {
    this.#spend('bytes', bytes, nowMs);
  }

  /** The server has worked that long for it. */
  worked(ms: number, nowMs: number): void {
    if (ms <= 0 || this.rates === undefined) return;
    const { work, floods } = this.rates;
    // More is a pause of the machine, which is nobody's fault.
    const cost = Math.min(ms, workMsAtOnceMax);
    this.#work.spend(cost, work, nowMs);
    this.#hold(nowMs + this.#work.waitMs(work, nowMs));
    if (this.#delayedMs === 0 && this.#waitingSinceMs === undefined) return;
    this.floods.spend(cost, floods, nowMs);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, nowMs + this.floods.waitMs(floods, nowMs));
  }

  /** A line, or what it asks for, is about to be handled; false where it is refused. */
  line(cost: number, nowMs: number): boolean {
    if (this.rates === undefined) return true;
    if (this.#refusingSinceMs === undefined || this.stage(nowMs) !== 'refusing') {
      this.#spend('lines', cost, nowMs);
      return true;
    }
    this.#own.lines.drain(1, this.rates.own.lines, nowMs);
    return false;
  }

  stage(nowMs: number): FloodStage {
    if (this.rates === undefined || this.#delayedMs === 0) return 'calm';
    if (this.#hasCalmedDown(this.rates, nowMs)) {
      this.#delayedMs = 0;
      this.#refusingSinceMs = undefined;
      return 'calm';
    }
    const { floodPatienceMs } = this.rates.limits;
    if (this.#refusingSinceMs !== undefined) {
      return nowMs - this.#refusingSinceMs < floodPatienceMs ? 'refusing' : 'over';
    }
    if (this.#delayedMs >= floodPatienceMs) {
      this.#refusingSinceMs = nowMs;
      // What it owes for lines is not waited for: those that wait are refused now.
      this.#heldUntilMs = nowMs;
      this.#ownUntilMs = nowMs;
      return 'refusing';
    }
    return this.#delayedMs < silentDelayMs ? 'calm' : 'telling';
  }

  /** Whether it has not written to that one, not lately at least; from now on it has. */
  isStranger(nameKey: string): boolean {
    this.#acquaintances ??= new Set();
    const isKnown = this.#acquaintances.delete(nameKey);
    this.#acquaintances.add(nameKey);
    const [oldest] = this.#acquaintances;
    if (this.#acquaintances.size > acquaintancesMax && oldest !== undefined) {
      this.#acquaintances.delete(oldest);
    }
    return !isKnown;
  }

  #hasCalmedDown({ own, work }: FloodRates, nowMs: number): boolean {
    const { lines, bytes } = this.#own;
    return (
      isQuarterFull(lines, own.lines, nowMs) &&
      isQuarterFull(bytes, own.bytes, nowMs) &&
      isQuarterFull(this.#work, work, nowMs)
    );
  }

  /** For what it has sent itself. */
  #hold(untilMs: number): void {
    this.#ownUntilMs = Math.max(this.#ownUntilMs, untilMs);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, untilMs);
  }

  #spend(kind: keyof InputRates, amount: number, nowMs: number): void {
    if (this.rates === undefined) return;
    const { own, shared } = this.rates;
    this.#own[kind].spend(amount, own[kind], nowMs);
    this.#hold(nowMs + this.#own[kind].waitMs(own[kind], nowMs));
    if (this.shared === undefined) return;
    this.shared[kind].spend(amount, shared[kind], nowMs);
    const sharedMs = this.shared[kind].waitMs(shared[kind], nowMs);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, nowMs + sharedMs);
  }
}

function isQuarterFull(bucket: TokenBucket, rate: Rate, nowMs: number): boolean {
  return bucket.tokens(rate, nowMs) >= rate.burst / 4;
}
