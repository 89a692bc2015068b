import { Session } from 'node:inspector/promises';
import type { Log } from '../log/log';
import { Ebb } from './ebb';

const lookEveryMs = 5_000;

/**
 * Gives memory back to the system when a crowd has gone, an attack's say. V8 keeps what it once needed
 * for as long as it is asked for nothing, which a server that has become quiet does.
 */
export class MemoryKeeper {
  readonly #ebb = new Ebb();
  readonly #timer: NodeJS.Timeout;

  /** `count`: how many are connected. */
  constructor(
    count: () => number,
    private readonly log: Log,
  ) {
    this.#timer = setInterval(() => {
      if (this.#ebb.note(count(), performance.now())) void this.#giveBack();
    }, lookEveryMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #giveBack(): Promise<void> {
    const rssBefore = process.memoryUsage.rss();
    const beganAtMs = performance.now();
    try {
      await collectAllGarbage();
    } catch (err) {
      this.log.warn({ err }, 'Cannot give memory back');
      return;
    }
    const tookMs = Math.round(performance.now() - beganAtMs);
    this.log.info({ tookMs, rssBefore, rssAfter: process.memoryUsage.rss() }, 'Memory given back');
  }
}

/** Everything that V8 can do without, pages that it keeps for later included; only the inspector asks so. */
async function collectAllGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}
