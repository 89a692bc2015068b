import type { ExitReason } from './exit-reason';

/**
 * What waits in a mailbox without having been sent to the reference. It is for one incarnation, and
 * dropped by the next: a mailbox outlives a restart, the timers and orders of before do not.
 */
export abstract class Mail {
  /** Undefined: for whichever incarnation comes to it. */
  abstract readonly incarnation: number | undefined;
}

/** What an actor's own timers, monitors and promises tell it. */
export class OwnMessage<Message> extends Mail {
  constructor(
    readonly incarnation: number,
    readonly message: Message,
  ) {
    super();
  }
}

/** To stop, behind what waits, as OTP's exit signal does for a process that traps exits. */
export class StopOrder extends Mail {
  constructor(
    readonly incarnation: number,
    readonly reason: ExitReason,
  ) {
    super();
  }
}

/** To throw. */
export class Fault extends Mail {
  constructor(
    readonly incarnation: number | undefined,
    readonly error: Error,
  ) {
    super();
  }
}
