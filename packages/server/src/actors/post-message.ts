import type { Settled } from '@chat-server/supervision';
import type { Letter } from '../domain/letter';
import type { Batch, StoreAnswer } from '../store/store';

/** What the post is told. */
export type PostMessage =
  | { readonly type: 'send'; readonly letter: Letter }
  | {
      readonly type: 'posted';
      readonly letter: Letter;
      readonly outcome: Settled<StoreAnswer<number>>;
    }
  | { readonly type: 'arrived'; readonly batch: Batch<Letter> }
  /** A node is gone, and what was on its way there. */
  | { readonly type: 'gone'; readonly node: string };
