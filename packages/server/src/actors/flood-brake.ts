import { nameKey, type Request, texts } from '@chat-server/protocol';
import { findCommand } from '../commands/catalogue';
import type { FloodGate } from '../domain/flood-gate';
import type { ConnectionHost } from './connection-host';

/** How often one is told how many lines were refused. */
const tellEveryMs = 5_000;

/**
 * Holds back what one connection sends faster than it may: it goes on when the time has come, says
 * why it is slow, refuses lines of whoever goes on sending, and ends the connection at last.
 */
export class FloodBrake {
  #isTimed = false;
  /** Whether something waits since it was said to. */
  #isHolding = false;
  #isTold = false;
  #beganAtMs = 0;
  #refused = 0;
  /** From when on one may be told of refused lines again. */
  #tellAtMs = 0;

  constructor(private readonly connection: ConnectionHost) {}

  /** Whether nothing more may be handled just now; it is gone on with in time, after `settle`. */
  holds(): boolean {
    this.#isHolding = !this.#gate.isOpen && this.#gate.isHeld(this.#now);
    return this.#isHolding;
  }

  /** Whether a line may be handled, which it then counts as; none for what was no line. */
  admits(request?: Request): boolean {
    const gate = this.#gate;
    if (gate.isOpen || gate.line(this.#costOf(request), this.#now)) return true;
    if (this.#refused === 0) this.#tellAtMs = this.#now + tellEveryMs;
    this.#refused++;
    this.connection.services.metrics.refused('flood');
    return false;
  }

  /** Whether one may try to log in; whoever may not is sent away. */
  admitsLogin(): boolean {
    const { services, session } = this.connection;
    if (services.flood.mayLogIn(session.peer.address, this.#now)) return true;
    services.metrics.refused('address-logins');
    this.connection.end(texts.tooManyLoginsFromAddress, 'too many logins from its address');
    return false;
  }

  /** The time that was waited for has come. */
  delayOver(): void {
    this.#isTimed = false;
    // How long a line was held back says nothing of how fast the server is.
    this.connection.session.inputSinceMs = this.#now;
  }

  /** Work for the connection begins. */
  begin(): void {
    if (!this.#gate.isOpen) this.#beganAtMs = this.#now;
  }

  /** Some was done, and goes on: for how long, in milliseconds. */
  worked(): number {
    const gate = this.#gate;
    if (gate.isOpen) return 0;
    const now = this.#now;
    const workedMs = now - this.#beganAtMs;
    this.#beganAtMs = now;
    gate.worked(workedMs, now);
    return workedMs;
  }

  /** To be called when it has ended: what waits goes on in time, and one is told what to know. */
  settle(): void {
    const gate = this.#gate;
    if (gate.isOpen) return;
    const { context, session, services } = this.connection;
    const now = this.#now;
    // What was held back may be free by now, and nobody else would go on with it.
    const waitMs = Math.max(gate.delay(session.hasInput, now), this.#isHolding ? 1 : 0);
    this.#isHolding = false;
    this.#tell(now);
    if (gate.stage(now) === 'over') {
      services.metrics.refused('flooding');
      this.connection.end(texts.closedForFlooding, 'flooding');
      return;
    }
    const nextMs = this.#refused > 0 ? Math.max(waitMs, this.#tellAtMs - now, 1) : waitMs;
    if (nextMs === 0 || this.#isTimed) return;
    this.#isTimed = true;
    context.after(nextMs, { type: 'delay-over' });
  }

  #tell(now: number): void {
    const stage = this.#gate.stage(now);
    if (stage === 'calm') this.#isTold = false;
    if (stage === 'telling' && !this.#isTold) {
      this.#isTold = true;
      this.connection.tell(texts.sendingTooFast);
    }
    const isOver = stage === 'calm' || stage === 'over';
    if (this.#refused === 0 || !(isOver || now >= this.#tellAtMs)) return;
    this.connection.tell(texts.linesRefused(this.#refused));
    this.#refused = 0;
  }

  #costOf(request: Request | undefined): number {
    if (request?.kind !== 'command') return 1;
    const { cost = 1, costToStranger = cost } = findCommand(request.name) ?? {};
    if (costToStranger === cost) return cost;
    const [name = ''] = request.rest.split(' ');
    return this.#gate.isStranger(nameKey(name)) ? costToStranger : cost;
  }

  get #gate(): FloodGate {
    return this.connection.session.gate;
  }

  get #now(): number {
    return this.connection.context.now();
  }
}
