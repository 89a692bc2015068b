import type { Clock } from '@chat-server/supervision';

/** How long a link may be down before anyone needs to know. */
const graceMs = 2_000;

/**
 * Whether the store can be reached: not when the link has been down for a while, or a call was
 * given up; again when a call has worked.
 */
export class RedisAvailability {
  readonly #listeners = new Set<(isAvailable: boolean) => void>();
  #isAvailable = true;
  #cancelGrace: (() => void) | undefined;

  constructor(private readonly clock: Pick<Clock, 'after'>) {}

  get isAvailable(): boolean {
    return this.#isAvailable;
  }

  watch(listener: (isAvailable: boolean) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#isAvailable);
    return () => void this.#listeners.delete(listener);
  }

  up(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = undefined;
  }

  down(): void {
    this.#cancelGrace ??= this.clock.after(graceMs, () => this.#tell(false));
  }

  /** Notes how a call went. */
  outcome(worked: boolean): void {
    if (worked) this.up();
    this.#tell(worked);
  }

  #tell(isAvailable: boolean): void {
    if (isAvailable === this.#isAvailable) return;
    this.#isAvailable = isAvailable;
    for (const listener of this.#listeners) listener(isAvailable);
  }
}
