import type { FloodRates, InputRates } from './flood-rates';
import { type Rate, TokenBucket } from './token-bucket';
import type { Turns } from './turns';

/** Buckets for what is sent, of one connection or of all from one address. */
export class InputBuckets {
  readonly lines = new TokenBucket();
  readonly bytes = new TokenBucket();
  readonly work = new TokenBucket();
}

/**
 * How far someone has come who sends too much. Their input is delayed at first; who has been delayed
 * for long is told so; then their lines are refused; then it is over.
 */
export type FloodStage = 'calm' | 'telling' | 'refusing' | 'over';

/** How long one's input is delayed before one is told why. */
const silentDelayMs = 5_000;

/** What it costs to read at all, of which the loop's and the kernel's part is not measured as work. */
const readMs = 0.03;
const readMsPerKilobyte = 0.07;

/** No step takes longer that is not interrupted. */
const workMsAtOnceMax = 10;

/**
 * What the server does for one beside all others, in milliseconds: a few dozen lines at once, and then
 * more than anyone types. Whoever needs more takes turns with all who do.
 */
const quickWork: Rate = { burst: 2, perSecond: 2 };
const noQuickWork: Rate = { burst: quickWork.burst, perSecond: 0 };
/** Who has just come has not earned that yet; to log in and enter a room takes two thirds of this. */
const newcomersWorkMs = 0.25;
/** Longer turns would be had less often, and shorter ones cost more than what is done in them. */
const turnMs = 1;
/** Waiting for turns counts as flooding as well, if less: who goes on and on never comes to the end of it. */
const turnsBlame = 1 / 4;

/** To whom one has whispered that are kept in mind. */
const acquaintancesMax = 64;

/**
 * Meters what one connection sends. What is over its rates must wait, or that of its address; only
 * the first counts as flooding, so that nobody is refused a line for what neighbours do. All who must
 * wait or need much work take turns in a little of the server's time, until they have rested, so that many
 * who flood take no more than one. Whoever has kept still until a quarter of each bucket is there again has
 * stopped flooding.
 */
export class FloodGate {
  readonly #own = new InputBuckets();
  #quickWork: TokenBucket | undefined;
  /** Until when it is held back by what it has sent itself. */
  #ownUntilMs = 0;
  /** And by what came from its address. */
  #sharedUntilMs = 0;
  /** When its turn is among those who need much. */
  #turnAtMs = 0;
  /** What is left of that, while it is one of them. */
  #turnLeftMs: number | undefined;
  /** Whether others go before it until it has rested: who has just come shows by that that they do not flood. */
  #mustRest = true;
  /** Whether something of it waits. */
  #isWaiting = false;
  /** Since when its input waits, and has not been counted as delayed. */
  #waitingSinceMs = 0;
  /** How much of that time counts. */
  #blame = 0;
  /** How long its input has been delayed since it was calm. */
  #delayedMs = 0;
  #refusingSinceMs: number | undefined;
  #acquaintances: Set<string> | undefined;

  /** `rates` undefined for no flood control, `shared` for an address that is free of it. */
  constructor(
    private readonly rates: FloodRates | undefined,
    private readonly shared: InputBuckets | undefined,
    /** Of all who need much. */
    private readonly turns: Turns,
  ) {}

  get isOpen(): boolean {
    return this.rates === undefined;
  }

  /** Something has been read, and waits to be looked at. */
  arrives(nowMs: number): void {
    if (this.#mustRest && this.#restedAtMs(nowMs) <= nowMs) this.#rest();
    this.#setWaiting(true, nowMs);
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
    this.#delayedMs += (nowMs - this.#waitingSinceMs) * this.#blame;
    this.#waitingSinceMs = nowMs;
    this.#blame = isWaiting ? this.#blameFor(nowMs) : 0;
    this.#setWaiting(isWaiting, nowMs);
    const waitMs = isWaiting ? Math.max(0, this.#heldUntilMs - nowMs) : 0;
    if (waitMs > 0 && this.#turnLeftMs === undefined) this.#takeTurns(0);
    return waitMs;
  }

  /** That many bytes are looked at, as many as at once are. */
  read(bytes: number, nowMs: number): void {
    this.#spend('bytes', bytes, nowMs);
    this.worked(readMs + (readMsPerKilobyte * bytes) / 1_024, nowMs);
  }

  /** The server has worked that long for it. */
  worked(ms: number, nowMs: number): void {
    if (ms <= 0 || this.rates === undefined) return;
    // More is a pause of the machine, which is nobody's fault.
    const cost = Math.min(ms, workMsAtOnceMax);
    this.#spend('work', cost, nowMs);
    const left = this.#workLeft(cost, nowMs);
    if (left > 0) return;
    this.#turnAtMs = this.turns.take(turnMs - left, this.rates.floods, nowMs);
    this.#takeTurns(turnMs);
  }

  /**
   * Until when others go before it, if nothing more comes: until it has rested, after it has come, taken
   * turns, or used up half of what it may have at once. 0 where they do not.
   */
  needsMuchUntilMs(nowMs: number): number {
    return this.#mustRest && !this.isOpen ? this.#restedAtMs(nowMs) : 0;
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
    if (this.#blame === 0 && this.#hasCalmedDown(this.rates, nowMs)) {
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
      this.#ownUntilMs = nowMs;
      this.#sharedUntilMs = nowMs;
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

  #hasCalmedDown({ own }: FloodRates, nowMs: number): boolean {
    const { lines, bytes, work } = this.#own;
    return (
      isQuarterFull(lines, own.lines, nowMs) &&
      isQuarterFull(bytes, own.bytes, nowMs) &&
      isQuarterFull(work, own.work, nowMs)
    );
  }

  get #heldUntilMs(): number {
    return Math.max(this.#ownUntilMs, this.#sharedUntilMs, this.#turnAtMs);
  }

  #blameFor(nowMs: number): number {
    if (this.#ownUntilMs > nowMs) return 1;
    return this.#turnAtMs > nowMs ? turnsBlame : 0;
  }

  /** What may still be done for it before its next turn, after that much was; below 0 for what was more. */
  #workLeft(doneMs: number, nowMs: number): number {
    const quick = (this.#quickWork ??= newcomersBucket(nowMs));
    // A pause of the machine alone makes nobody one who needs much.
    quick.spend(Math.min(doneMs, quickWork.burst / 2), this.#quickRate, nowMs);
    const left = quick.tokens(quickWork, nowMs);
    if (left < quickWork.burst / 2) this.#mustRest = true;
    if (this.#turnLeftMs === undefined) return left;
    return (this.#turnLeftMs -= doneMs);
  }

  /** Who must rest does not while something of it waits: slow to be served, they would have more. */
  get #quickRate(): Rate {
    return this.#mustRest && this.#isWaiting ? noQuickWork : quickWork;
  }

  #setWaiting(isWaiting: boolean, nowMs: number): void {
    // What it has earned until now stays its own.
    this.#quickWork?.spend(0, this.#quickRate, nowMs);
    this.#isWaiting = isWaiting;
  }

  #restedAtMs(nowMs: number): number {
    if (this.#isWaiting || this.#quickWork === undefined) return Infinity;
    const missing = quickWork.burst - this.#quickWork.tokens(quickWork, nowMs);
    return nowMs + (missing * 1_000) / quickWork.perSecond;
  }

  #takeTurns(leftMs: number): void {
    this.#mustRest = true;
    this.#turnLeftMs = leftMs;
  }

  #rest(): void {
    this.#mustRest = false;
    this.#turnLeftMs = undefined;
    this.#turnAtMs = 0;
  }

  #spend(kind: keyof InputRates, amount: number, nowMs: number): void {
    if (this.rates === undefined) return;
    const { own, shared } = this.rates;
    this.#own[kind].spend(amount, own[kind], nowMs);
    const ownMs = this.#own[kind].waitMs(own[kind], nowMs);
    this.#ownUntilMs = Math.max(this.#ownUntilMs, nowMs + ownMs);
    if (this.shared === undefined) return;
    this.shared[kind].spend(amount, shared[kind], nowMs);
    const sharedMs = this.shared[kind].waitMs(shared[kind], nowMs);
    this.#sharedUntilMs = Math.max(this.#sharedUntilMs, nowMs + sharedMs);
  }
}

function newcomersBucket(nowMs: number): TokenBucket {
  const bucket = new TokenBucket();
  bucket.spend(quickWork.burst - newcomersWorkMs, quickWork, nowMs);
  return bucket;
}

function isQuarterFull(bucket: TokenBucket, rate: Rate, nowMs: number): boolean {
  return bucket.tokens(rate, nowMs) >= rate.burst / 4;
}
