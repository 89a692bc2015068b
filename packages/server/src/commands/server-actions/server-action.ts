import type { Caller } from '../command';
import type { Effect } from '../effect';

/** One word behind `/server`, with all that there is to know of it. */
export interface ServerAction {
  readonly word: string;
  /** What follows it. */
  readonly args?: string;
  readonly summary: string;
  run(rest: string, caller: Caller): Promise<readonly Effect[]>;
}
