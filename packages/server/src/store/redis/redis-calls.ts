import type { Clock } from '@chat-server/supervision';
import type { StoreAnswer } from '../store';
import { type RedisLink, RedisLinkError } from './redis-link';
import type { RedisScript } from './redis-script';

export interface RedisCall {
  readonly script: RedisScript;
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** How long a call may take, with all that is tried again, before it is refused. */
const callTimeoutMs = 3_000;
/** How long to wait before asking again who was asked and refused. */
const againMs = 50;

const away = { ok: false, reason: 'store-away' } as const;

/**
 * Runs scripts, which can all be run again, until one run is answered: a connection that is lost
 * and made again is not noticed by who asked.
 */
export class RedisCalls {
  #wake = Promise.withResolvers<void>();

  constructor(
    private readonly link: RedisLink,
    private readonly clock: Clock,
    private readonly isAway: () => boolean,
    /** Told of each answer, and why a call was given up. */
    private readonly outcome: (failure: string | undefined) => void,
  ) {}

  /** That the link can be used, or that waiting for it has no sense any more. */
  changed(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  /** Runs a script; `store-away` when there was no answer in time, done or not. */
  async run(call: RedisCall): Promise<StoreAnswer<unknown>> {
    const untilMs = this.clock.now() + callTimeoutMs;
    const leftMs = (): number => (this.isAway() ? 0 : untilMs - this.clock.now());
    return this.#run(call, leftMs);
  }

  /**
   * Runs a script until it is known what became of it, however long that takes: `store-away` only
   * where it has surely not been run, since it was never sent.
   */
  runForSure(call: RedisCall): Promise<StoreAnswer<unknown>> {
    let wasSent = false;
    const leftMs = (): number => (!wasSent && this.isAway() ? 0 : Infinity);
    return this.#run(call, leftMs, () => (wasSent = true));
  }

  async #run(
    { script, keys, args }: RedisCall,
    leftMs: () => number,
    sent: () => void = () => undefined,
  ): Promise<StoreAnswer<unknown>> {
    let failure = '';
    for (;;) {
      if (this.link.isUp) {
        try {
          const value = await this.link.run(script, keys, args);
          this.outcome(undefined);
          return { ok: true, value };
        } catch (error) {
          if (!(error instanceof RedisLinkError)) throw error;
          failure = error.message;
          if (!error.isUnsent) sent();
        }
      }
      const waitMs = leftMs();
      if (waitMs <= 0) {
        // While the link is down, how long it has been counts: this process may have stood still.
        if (this.link.isUp) this.outcome(failure);
        return away;
      }
      // One that is there but refuses, in a failover say, is asked again.
      await this.#changes(this.link.isUp ? Math.min(againMs, waitMs) : waitMs);
    }
  }

  /** Waits until the link is up or down, or the store away or back, or that time has passed. */
  async #changes(withinMs: number): Promise<void> {
    const { promise: changed } = this.#wake;
    if (withinMs === Infinity) return changed;
    const { promise: passed, resolve } = Promise.withResolvers<void>();
    const cancel = this.clock.after(withinMs, resolve);
    await Promise.race([passed, changed]);
    cancel();
  }
}
