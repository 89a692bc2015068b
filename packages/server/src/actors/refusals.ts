import type { Log } from '../log/log';
import type { Metrics } from '../metrics/metrics';
import { networkOf } from '../domain/network';
import { TokenBucket } from '../domain/token-bucket';

const logEveryMs = 60_000;
const keysMax = 1_000;

/** Who is told why: a line, and a peer that is given time to read it, cost more than all that came before. */
const explained = { burst: 100, perSecond: 20 };

interface Turned {
  readonly address: string;
  readonly reason: string;
}

interface Logged {
  readonly atMs: number;
  /** Since then, and not logged. */
  unlogged: number;
}

/**
 * Counts those whom a transport or the server turned away, and logs them once a minute and address:
 * whoever floods the server fills no log, nor does a balancer that does not say for whom it speaks.
 */
export class Refusals {
  /** The one that was logged longest ago comes first. */
  readonly #logged = new Map<string, Logged>();
  readonly #explained = new TokenBucket();

  constructor(private readonly to: { readonly log: Log; readonly metrics: Metrics }) {}

  /** Whether there is time to tell one why. */
  mayExplain(nowMs: number): boolean {
    return this.#explained.take(1, explained, nowMs);
  }

  note({ address, reason }: Turned, nowMs: number): void {
    const { log, metrics } = this.to;
    metrics.refused(reason);
    // Of one IPv6 network there are more addresses than of anything else.
    const key = `${reason} ${networkOf(address)}`;
    const before = this.#logged.get(key);
    if (before !== undefined && nowMs - before.atMs < logEveryMs) {
      before.unlogged++;
      return;
    }
    this.#keep(key, { atMs: nowMs, unlogged: 0 });
    const fields = { address, reason, refusals: 1 + (before?.unlogged ?? 0) };
    // Whoever looks for open ports does that, all day long.
    if (reason === 'no-handshake') log.debug(fields, 'Connection refused');
    else log.warn(fields, 'Connection refused');
  }

  #keep(key: string, logged: Logged): void {
    this.#logged.delete(key);
    this.#logged.set(key, logged);
    const [oldest] = this.#logged.keys();
    if (this.#logged.size > keysMax && oldest !== undefined) this.#logged.delete(oldest);
  }
}
