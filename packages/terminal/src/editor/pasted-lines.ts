import { utf8Bytes } from './utf8-bytes';

export interface PasteLimits {
  readonly bytesMax: number;
  readonly pasteLinesMax: number;
}

export type PasteRefusal = 'too-long' | 'too-many-lines';

/** The lines of a paste, whose last one may or may not be ended; empty lines at its end are none. */
export function linesOf(pasted: string): string[] {
  const lines = pasted.split('\n');
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Why these lines may not be sent; undefined if they may. */
export function refusalOf(
  lines: readonly string[],
  { bytesMax, pasteLinesMax }: PasteLimits,
): PasteRefusal | undefined {
  if (lines.length > pasteLinesMax) return 'too-many-lines';
  return lines.some((line) => utf8Bytes(line) > bytesMax) ? 'too-long' : undefined;
}
