import type { TextAtCursor } from './line-buffer';

/** What may stand in the place of [start, cursor). */
export interface Candidates {
  readonly start: number;
  readonly candidates: readonly string[];
}

/** Tab after Tab through more candidates than this would be no help. */
export const candidatesMax = 64;

/**
 * A round through the candidates of one place, one of whose stops is what was typed (readline's
 * menu-complete).
 */
export class Completion {
  readonly kind = 'completion';
  private at: number;

  constructor(
    private readonly typed: TextAtCursor,
    private readonly start: number,
    private readonly candidates: readonly string[],
  ) {
    this.at = candidates.length;
  }

  /** The line with the next candidate in it, or the one before. */
  turn(direction: 'forwards' | 'backwards'): TextAtCursor {
    const stops = this.candidates.length + 1;
    this.at = (this.at + (direction === 'forwards' ? 1 : stops - 1)) % stops;
    const candidate = this.candidates[this.at];
    return candidate === undefined ? this.typed : completed(this.typed, this.start, candidate);
  }
}

/** The line with a candidate in place of [start, cursor), and the cursor behind it. */
export function completed(typed: TextAtCursor, start: number, candidate: string): TextAtCursor {
  return {
    text: typed.text.slice(0, start) + candidate + typed.text.slice(typed.cursor),
    cursor: start + candidate.length,
  };
}
