import type { Clock } from '@chat-server/supervision';
import type { Limits } from './domain/limits';

/** What a drain asks of a server, in this order. */
export interface Drained {
  /** Has no more people sent here; who comes anyway is served. */
  turnAway(): void;
  /** Accepts no more, and tells those who are here how long they have. */
  announce(leftMs: number): void;
  /** Accepts no more, tells everyone goodbye, and disconnects them. */
  farewell(): void;
  /** Resolves when nobody is connected. */
  emptied(): Promise<void>;
}

export type DrainTimes = Pick<Limits, 'drainDelayMs' | 'drainTimeoutMs' | 'shutdownTimeoutMs'>;

/** Who is in a hurry gives people that long to read the farewell. */
const hurriedFarewellMs = 1_000;

/** Empties a server of its people before it ends: each has been told, and had the time they were told. */
export class Drain {
  #stopping: Promise<void> | undefined;
  #isHurried = false;
  #skip: (() => void) | undefined;

  constructor(
    private readonly server: Drained,
    private readonly clock: Pick<Clock, 'after'>,
  ) {}

  /**
   * Has nobody left, or their time over, and then does what ends the server. Called again, it ends the
   * waiting that is under way, and people get no more time than for a farewell.
   */
  stop(times: DrainTimes, end: () => Promise<void>): Promise<void> {
    if (this.#stopping === undefined) {
      this.#stopping = this.#run(times).then(end);
    } else {
      this.#isHurried = true;
      this.#skip?.();
    }
    return this.#stopping;
  }

  async #run({ drainDelayMs, drainTimeoutMs, shutdownTimeoutMs }: DrainTimes): Promise<void> {
    this.server.turnAway();
    if (drainDelayMs > 0) await this.#atMost(drainDelayMs);
    if (drainTimeoutMs > 0 && !this.#isHurried) {
      this.server.announce(drainTimeoutMs);
      await this.#atMost(drainTimeoutMs, this.server.emptied());
    }
    this.server.farewell();
    const farewellMs = Math.min(shutdownTimeoutMs, this.#isHurried ? hurriedFarewellMs : Infinity);
    await this.#atMost(farewellMs, this.server.emptied());
  }

  async #atMost(ms: number, event?: Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.clock.after(ms, resolve);
    this.#skip = resolve;
    await (event === undefined ? promise : Promise.race([promise, event]));
    this.#skip = undefined;
    cancel();
  }
}
