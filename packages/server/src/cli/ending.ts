import type { Limits } from '../domain/limits';
import type { Log } from '../log/log';
import type { ChatServer } from '../server';
import type { ServiceManager } from '../systemd/service-manager';

/** For the store to answer and the tree to stop, once people are gone. */
const stopTakesMs = 10_000;

export interface Ended {
  readonly log: Log;
  readonly manager: ServiceManager | undefined;
  readonly limits: Limits;
}

type Stoppable = Pick<ChatServer, 'stop'>;

/** How a server comes to its end, by one signal or several, each more impatient than the last. */
export class Ending {
  #running: Stoppable | undefined;
  #isBegun = false;
  #isHurried = false;
  #isForced = false;

  constructor(
    private readonly server: Ended,
    private readonly exit = (code: number): void => process.exit(code),
  ) {}

  /** Whether the end was asked for. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Whether it is to be over at once, whatever is lost by that. */
  get isForced(): boolean {
    return this.#isForced;
  }

  /** The server has started; if its end was asked for meanwhile, that begins now. */
  started(running: Stoppable): void {
    this.#running = running;
    if (this.#isBegun) void running.stop();
  }

  /**
   * The first one drains, the second waits for nobody any more, the third ends the process. While the
   * server starts, the second does.
   */
  signal(signal: string): void {
    if (!this.#isBegun) {
      this.begin(signal);
      return;
    }
    if (this.#isHurried || this.#running === undefined) {
      this.#isForced = true;
      this.exit(1);
      return;
    }
    this.#isHurried = true;
    this.server.log.info({ signal }, 'Chat server stopping without waiting for its users');
    void this.#running.stop();
  }

  /** Begins, if that has not been done. */
  begin(cause: string): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    const { log, manager, limits } = this.server;
    const { drainDelayMs, drainTimeoutMs, shutdownTimeoutMs } = limits;
    log.info({ signal: cause, drainDelayMs, drainTimeoutMs }, 'Chat server stopping');
    const drainMs = drainDelayMs + drainTimeoutMs;
    manager?.stopping(drainMs > 0 ? drainMs + shutdownTimeoutMs + stopTakesMs : 0);
    void this.#running?.stop();
  }
}
