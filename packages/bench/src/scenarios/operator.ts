import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

const scrapeEveryMs = 5_000;

/** Someone on call: the observer's stream of events is open, and `/metrics` is asked for now and then. */
export class Operator {
  /** The longest time between two things that the stream told, of which there is one at each look. */
  gapMaxMs = 0;
  scrapes = 0;
  #toldAtMs: number | undefined;
  #stream: IncomingMessage | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  readonly #closed = (): void => {
    this.#failure ??= new Error('The stream of events was closed.');
  };

  constructor(private readonly port: number) {}

  async begin(): Promise<void> {
    this.#stream = await this.#ask('/observer/api/events');
    this.#stream.on('data', () => this.#told());
    this.#stream.once('close', this.#closed);
    this.#timer = setInterval(() => void this.#scrape(), scrapeEveryMs);
    await this.#scrape();
  }

  /** Fails if anything that was asked for was not answered. */
  end(): void {
    clearInterval(this.#timer);
    const failure = this.#failure;
    this.#stream?.off('close', this.#closed).destroy();
    this.#toldAtMs = undefined;
    if (failure !== undefined) throw failure;
  }

  #told(): void {
    const nowMs = performance.now();
    this.gapMaxMs = Math.max(this.gapMaxMs, nowMs - (this.#toldAtMs ?? nowMs));
    this.#toldAtMs = nowMs;
  }

  async #scrape(): Promise<void> {
    try {
      const answer = await this.#ask('/metrics');
      for await (const _ of answer) continue;
      this.scrapes++;
    } catch (error) {
      this.#failure ??= error as Error;
    }
  }

  async #ask(path: string): Promise<IncomingMessage> {
    const request = get({ host: '127.0.0.1', port: this.port, path, agent: false });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`${path} is answered ${answer.statusCode}`);
    return answer;
  }
}
