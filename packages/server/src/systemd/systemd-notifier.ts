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
  #onFirstFailure: ((error: Error) => void) | undefined;

  constructor(
    settings: NotifySettings,
    private readonly notify: Notify,
    onFirstFailure: (error: Error) => void,
  ) {
    this.aliveEveryMs = settings.aliveEveryMs;
    this.#onFirstFailure = onFirstFailure;
  }

  ready(): void {
    this.#tell({ READY: '1', STATUS: 'Accepting connections' });
  }

  stopping(): void {
    this.#tell({ STOPPING: '1', STATUS: 'Saying goodbye' });
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
    while (this.#waiting.size > 0) {
      const assignments = Array.from(this.#waiting, ([name, value]) => `${name}=${value}`);
      this.#waiting.clear();
      try {
        await this.notify(assignments);
      } catch (error) {
        this.#onFirstFailure?.(error as Error);
        this.#onFirstFailure = undefined;
      }
    }
    this.#isTelling = false;
  }
}
