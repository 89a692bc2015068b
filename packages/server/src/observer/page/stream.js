import { askJson } from './api.js';

const events = ['tree', 'reports', 'charts', 'rooms', 'counts', 'changes', 'sample'];
const retryMs = 5_000;
/** Something comes twice a second: `chat/observer/ticker` counts its own messages. */
const silentMs = 20_000;
const watchEveryMs = 1_000;

/**
 * The stream of events, connected again for as long as the page is open. `on.state` is told what it
 * is: connecting, live, disconnected, or why it may not watch: full, logged-out, forbidden.
 */
export class Stream {
  #source;
  #heardAtMs = 0;
  #retry;

  constructor(on) {
    this.on = on;
    this.#connect();
    setInterval(() => this.#watch(), watchEveryMs);
    // A page that comes back from the browser's cache, or from a machine that slept, asks at once.
    globalThis.addEventListener('online', () => this.reconnect());
  }

  /** When anything came last. */
  get heardAtMs() {
    return this.#heardAtMs;
  }

  reconnect() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#connect();
  }

  #connect() {
    const source = new EventSource('api/events');
    this.#source = source;
    for (const name of events) {
      source.addEventListener(name, ({ data }) => {
        this.#heardAtMs = Date.now();
        this.on[name](JSON.parse(data));
      });
    }
    source.addEventListener('open', () => {
      this.#heardAtMs = Date.now();
      this.on.state('live');
    });
    source.addEventListener('error', () => void this.#failed(source));
  }

  async #failed(source) {
    this.on.state('disconnected');
    // It connects again by itself, unless it was refused.
    if (source.readyState !== EventSource.CLOSED) return;
    this.#retry = setTimeout(() => this.reconnect(), retryMs);
    const { status } = await askJson('api/server');
    if (source === this.#source) this.on.state(stateOf(status));
  }

  /** A connection that is lost without a word is silent. */
  #watch() {
    if (this.#source.readyState !== EventSource.OPEN) return;
    if (Date.now() - this.#heardAtMs < silentMs) return;
    this.on.state('disconnected');
    this.reconnect();
  }
}

/** Why a stream was refused, from how another request of the same browser is answered. */
function stateOf(status) {
  if (status === 200) return 'full';
  if (status === 401) return 'logged-out';
  return status === 403 ? 'forbidden' : 'disconnected';
}
