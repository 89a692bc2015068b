import type { NotifySettings } from './notify-settings';
import type { ServiceManager } from './service-manager';

/** Tells systemd; the assignments are those of sd_notify(3). Rejects when it could not. */
export type Notify = (assignments: readonly string[]) => Promise<void>;

/**
 * Tells systemd how this process does, in order, and one message at a time: what comes up meanwhile
 * goes together into the next one, so that a systemd that does not listen costs nothing. The first
 * failure is told, and later ones are not.
 */
export class SystemdNotifier implements ServiceManager {
  readonly aliveEveryMs: number | undefined;
  readonly #waiting = new Map<string, string>();
  #isTelling = false;
  #isReloadUntold = false;
  #onFirstFailure: ((error: Error) => void) | undefined;

  constructor(
    settings: NotifySettings,
    private readonly notify: Notify,
    onFirstFailure: (error: Error) => void,
    private readonly monotonicUsec = (): bigint => process.hrtime.bigint() / 1_000n,
  ) {
    this.aliveEveryMs = settings.aliveEveryMs;
    this.#onFirstFailure = onFirstFailure;
  }

  ready(): void {
    this.#tell({ READY: '1', STATUS: 'Accepting connections' });
  }

  reloaded(): void {
    this.#isReloadUntold = true;
    this.#tell({});
  }

  stopping(atMostMs: number): void {
    this.#tell({
      STOPPING: '1',
      STATUS: 'Saying goodbye',
      ...(atMostMs > 0 && { EXTEND_TIMEOUT_USEC: `${Math.ceil(atMostMs * 1_000)}` }),
    });
  }

  alive(): void {
    this.#tell({ WATCHDOG: '1' });
  }

  #tell(assignments: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(assignments)) this.#waiting.set(name, value);
    if (!this.#isTelling) void this.#tellAll();
  }

  async #tellAll(): Promise<void> {
    this.#isTelling = true;
    for (let assignments = this.#next(); assignments; assignments = this.#next()) {
      try {
        await this.notify(assignments);
      } catch (error) {
        this.#onFirstFailure?.(error as Error);
        this.#onFirstFailure = undefined;
      }
    }
    this.#isTelling = false;
  }

  #next(): readonly string[] | undefined {
    if (this.#isReloadUntold) {
      this.#isReloadUntold = false;
      // Systemd takes a message for one of the two, so that the second comes after the first.
      this.#waiting.set('READY', '1');
      return ['RELOADING=1', `MONOTONIC_USEC=${this.monotonicUsec()}`];
    }
    if (this.#waiting.size === 0) return undefined;
    const assignments = Array.from(this.#waiting, ([name, value]) => `${name}=${value}`);
    this.#waiting.clear();
    return assignments;
  }
}
