import type { Clock } from '@chat-server/supervision';
import type { AvailabilityListener } from '../store';

/** How long a link may be down before anyone needs to know. */
const graceMs = 2_000;

/**
 * Whether the store can be reached: not when the link has been down for a while, or a call was
 * given up; again when a call has worked.
 */
export class RedisAvailability {
  readonly #listeners = new Set<AvailabilityListener>();
  #isAvailable = true;
  #cancelGrace: (() => void) | undefined;

  constructor(private readonly clock: Pick<Clock, 'after'>) {}

  get isAvailable(): boolean {
    return this.#isAvailable;
  }

  watch(listener: AvailabilityListener): () => void {
    this.#listeners.add(listener);
    listener(this.#isAvailable);
    return () => void this.#listeners.delete(listener);
  }

  up(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = undefined;
  }

  down(reason: string): void {
    this.#cancelGrace ??= this.clock.after(graceMs, () => this.#tell(false, reason));
  }

  /** Notes that a call has worked. */
  worked(): void {
    this.up();
    this.#tell(true);
  }

  /** Notes that a call was given up, though the link is there. */
  failed(reason: string): void {
    this.#tell(false, reason);
  }

  #tell(isAvailable: boolean, reason?: string): void {
    if (isAvailable === this.#isAvailable) return;
    this.#isAvailable = isAvailable;
    for (const listener of this.#listeners) listener(isAvailable, reason);
  }
}
