import { nodeOf } from '../domain/origin';
import type { Letter } from '../domain/letter';

type Whisper = Letter & { readonly kind: 'whisper' };

/** Longer than it takes to notice that a node is gone. */
const rememberedMs = 15_000;
const rememberedMax = 1_000;

/** Whispers to other nodes that may be on their way: nobody says that they have arrived. */
export class SentWhispers {
  readonly #sent: { readonly whisper: Whisper; readonly atMs: number }[] = [];

  add(whisper: Whisper, now: number): void {
    this.#sent.push({ whisper, atMs: now });
    this.#forget(now);
  }

  /** Those that may have been lost with a node: the last of each to each. */
  lostWith(node: string, now: number): readonly Whisper[] {
    this.#forget(now);
    const lost = this.#sent.filter(({ whisper }) => nodeOf(whisper.to) === node);
    const last = new Map(lost.map(({ whisper }) => [`${whisper.sender} ${whisper.to}`, whisper]));
    return [...last.values()];
  }

  #forget(now: number): void {
    const first = this.#sent.findIndex(({ atMs }) => now - atMs <= rememberedMs);
    const old = first === -1 ? this.#sent.length : first;
    this.#sent.splice(0, Math.max(old, this.#sent.length - rememberedMax));
  }
}
