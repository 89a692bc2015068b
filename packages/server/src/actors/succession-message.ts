import type { Reply, Settled } from '@chat-server/supervision';
import type { Holding } from '../domain/holding';

/** What is held as the first is to be held as the second, or, where that is not given, by others. */
export interface Move {
  readonly from: Holding;
  readonly to: Holding | undefined;
  readonly reply: Reply<RightsAnswer>;
}

export type RightsAnswer = 'done' | 'store-away';

/** What the succession is told. */
export type SuccessionMessage =
  /** A guest is gone, for good. Safe to repeat. */
  | { readonly type: 'ended'; readonly holding: Holding }
  | ({ readonly type: 'move' } & Move)
  /** Looks for those who are gone of whom nobody said so. */
  | { readonly type: 'sweep' }
  | {
      readonly type: 'changed';
      readonly moves: readonly Move[];
      readonly startedAtMs: number;
      readonly outcome: Settled<RightsAnswer>;
    }
  /** It has rested. */
  | { readonly type: 'go-on' };
