import { dispatch, type Ref, spawn, start, stop } from 'nact';
import { LowPriority, type Priority } from './low-priority';

/** What nact runs: something that handles all that waits for it in one go, and never throws. */
export interface Runnable {
  readonly priority: Priority;
  run(): void;
}

/** One actor's place in nact. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- nact's own type is empty
export type NactHandle = Ref<Runnable>;

let systems = 0;

/**
 * The actors of one system, as nact runs them; the only place that knows nact.
 *
 * What nact does in ways that do not suit supervision is met here:
 * - It handles one message a loop turn and actor: a message is only a wake-up, and `run` handles
 *   everything that waits.
 * - It copies the children of an actor for each message to it: all are children of one actor that is
 *   never sent any, so a wake-up costs the same however many there are. The tree is ours.
 * - It finds actors by path, so an old reference reaches a namesake: each has a name of its own.
 * - It runs all that was woken in one turn of the event loop: those of low priority, in a share of it.
 * - It runs two messages at once after a `resume`, does not await `afterStop`, and prints faults to
 *   the console: `run` does not throw, and ending is done before nact is told to stop.
 */
export class NactRuntime {
  readonly #system = start(`supervision-${++systems}`);
  readonly #nursery = spawn(this.#system, () => undefined, 'actors');
  readonly #low = new LowPriority();
  #named = 0;

  readonly #run = (_: undefined, actor: Runnable, { self }: { self: NactHandle }): undefined => {
    if (actor.priority === 'normal') actor.run();
    else
      this.#low.run(
        () => actor.run(),
        () => dispatch(self, actor),
      );
    return undefined;
  };

  /** Makes a place for an actor. O(1). */
  spawn(): NactHandle {
    return spawn(this.#nursery, this.#run, String(++this.#named));
  }

  /** Has `actor` run: in this turn of the event loop or the next, or where {@link LowPriority} has room. */
  wake(handle: NactHandle, actor: Runnable): void {
    if (actor.priority === 'normal') {
      dispatch(handle, actor);
      return;
    }
    // Whatever it has become by its turn, it takes that from the share.
    const low: Runnable = { priority: 'low', run: () => actor.run() };
    this.#low.queue(() => dispatch(handle, low));
  }

  /** Frees the place; a wake-up on its way is dropped. */
  release(handle: NactHandle): void {
    stop(handle);
  }

  /** Ends all of it. */
  stop(): void {
    stop(this.#system);
  }
}
