import type { ActorContext } from '@chat-server/supervision';
import type { Delivery } from './delivery';
import type { RoomMessage } from './room-message';

/** Says when a room is to send what has come: now, in the next turn, or a little later. */
export class SendTimer {
  #state: 'idle' | 'planned' | 'due' = 'idle';

  constructor(
    private readonly context: Pick<ActorContext<RoomMessage>, 'now' | 'after' | 'self'>,
  ) {}

  /** What was put off is to be sent at the end of this wake-up. */
  fallDue(): void {
    this.#state = 'due';
  }

  /** Whether to send now; if not, the room is woken up when it is time. */
  isTime(delivery: Delivery, isPressing: boolean): boolean {
    if (this.#state === 'planned' && !isPressing) return false;
    const isDue = this.#state === 'due' || isPressing;
    const time = isDue ? 'now' : delivery.sendTime(this.context.now());
    this.#state = time === 'now' ? 'idle' : 'planned';
    if (time === 'next-turn') this.context.self.notify({ type: 'flush' });
    else if (time !== 'now') this.context.after(time, { type: 'flush' });
    return time === 'now';
  }
}
