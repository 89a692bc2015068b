import type { ActorContext } from '@chat-server/supervision';
import type { Delivery } from './delivery';
import type { RoomMessage } from './room-message';

/** A sending that is put off. */
interface Plan {
  /** Whether all that waited for it then could wait longer than other lines. */
  readonly isPatient: boolean;
  readonly cancel: () => void;
}

/** Says when a room is to send what has come: now, in the next turn, or a little later. */
export class SendTimer {
  #plan: Plan | undefined;
  #isDue = false;

  constructor(
    private readonly context: Pick<ActorContext<RoomMessage>, 'now' | 'after' | 'self'>,
  ) {}

  /** What was put off is to be sent at the end of this wake-up. */
  fallDue(): void {
    this.#isDue = true;
  }

  /** Whether to send now; if not, the room is woken up when it is time. */
  isTime(delivery: Delivery, isPressing: boolean): boolean {
    if (this.#isDue || isPressing) return this.#goNow();
    const { mayWait } = delivery;
    if (this.#plan !== undefined && (mayWait || !this.#plan.isPatient)) return false;
    const time = delivery.sendTime(this.context.now());
    if (time === 'now') return this.#goNow();
    this.#plan?.cancel();
    this.#plan = { isPatient: mayWait, cancel: this.#wakeAfter(time) };
    return false;
  }

  #goNow(): true {
    this.#plan?.cancel();
    this.#plan = undefined;
    this.#isDue = false;
    return true;
  }

  #wakeAfter(time: 'next-turn' | number): () => void {
    if (time !== 'next-turn') return this.context.after(time, { type: 'flush' });
    this.context.self.notify({ type: 'flush' });
    return () => undefined;
  }
}
