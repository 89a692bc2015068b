/** The wait after a first wrong password; it doubles with each. */
const delayFirstMs = 1_000;
const delayMaxMs = 30_000;
/** Behind an address there may be many people, who all may mistype once. */
const freeForAddress = 5;
/** Wrong passwords are forgotten that long after the last. */
const memoryMs = 15 * 60_000;
const entriesMax = 20_000;

interface Tries {
  readonly wrong: number;
  /** When the next may be looked at. */
  readonly freeAtMs: number;
}

/** A password that may be looked at after a wait, or not at all for now. */
export type Turn =
  { readonly ok: true; readonly waitMs: number; readonly key: string } | { readonly ok: false };

/**
 * How long a password waits before anyone looks at it: the longer, the more were wrong for that name
 * or from that address. Those for one name are looked at one after another, however many come at
 * once; where that would take too long, one is turned away unseen.
 *
 * Guessing from all over the world would keep the owner of a name out with everyone else. So where a
 * name was proven last, wrong passwords are counted apart from those that come from elsewhere.
 *
 * It knows of one node; what it keeps is bounded, and what was touched longest ago goes first.
 */
export class LoginThrottle {
  readonly #tries = new Map<string, Tries>();
  readonly #homes = new Map<string, string>();

  /** Takes a turn; whoever takes one says later how it went. */
  take(nameKey: string, address: string, nowMs: number): Turn {
    const key =
      this.#homes.get(nameKey) === address ? `home ${nameKey} ${address}` : `name ${nameKey}`;
    const ofName = this.#of(key, nowMs);
    const startMs = Math.max(nowMs, ofName.freeAtMs, this.#of(from(address), nowMs).freeAtMs);
    if (startMs - nowMs > delayMaxMs) return { ok: false };
    // Taken for wrong until it is known to be right, so that many at once are as slow as one by one.
    const wrong = ofName.wrong + 1;
    this.#put(key, { wrong, freeAtMs: startMs + delayMs(wrong) });
    return { ok: true, waitMs: startMs - nowMs, key };
  }

  /** It was wrong. */
  failed(address: string, nowMs: number): void {
    const wrong = this.#of(from(address), nowMs).wrong + 1;
    const freeAtMs = nowMs + delayMs(wrong - freeForAddress);
    this.#put(from(address), { wrong, freeAtMs });
  }

  /** It was right. */
  succeeded(turn: Turn & { ok: true }, nameKey: string, address: string): void {
    this.#tries.delete(turn.key);
    put(this.#homes, nameKey, address);
  }

  /** Nobody could look. */
  undone({ key }: Turn & { ok: true }, nowMs: number): void {
    const { wrong } = this.#of(key, nowMs);
    if (wrong <= 1) this.#tries.delete(key);
    else this.#put(key, { wrong: wrong - 1, freeAtMs: nowMs + delayMs(wrong - 1) });
  }

  #of(key: string, nowMs: number): Tries {
    const tries = this.#tries.get(key);
    if (tries !== undefined && nowMs - tries.freeAtMs < memoryMs) return tries;
    return { wrong: 0, freeAtMs: 0 };
  }

  #put(key: string, tries: Tries): void {
    put(this.#tries, key, tries);
  }
}

function from(address: string): string {
  return `from ${address}`;
}

function delayMs(wrong: number): number {
  return wrong <= 0 ? 0 : Math.min(delayFirstMs * 2 ** Math.min(wrong - 1, 10), delayMaxMs);
}

/** Puts an entry last, and lets the first go where there are too many. */
function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > entriesMax && oldest !== undefined) map.delete(oldest);
}
