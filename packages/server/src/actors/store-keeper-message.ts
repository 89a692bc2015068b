import type { Settled } from '@chat-server/supervision';
import type { StoreAnswer } from '../store/store';

/** What the keeper of the store is told. */
export type StoreKeeperMessage =
  | { readonly type: 'beat' }
  | {
      readonly type: 'beaten';
      readonly node: string;
      readonly outcome: Settled<StoreAnswer<'alive' | 'lapsed'>>;
    }
  /** The store says that a node was taken for dead. */
  | { readonly type: 'gone'; readonly node: string }
  | {
      readonly type: 'availability';
      readonly isAvailable: boolean;
      readonly reason: string | undefined;
    };
