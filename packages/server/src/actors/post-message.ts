import type { Settled } from '@chat-server/supervision';
import type { Batch, StoreAnswer } from '../store/store';

/** What one node sends another for one of its people. */
export type Letter =
  | {
      readonly kind: 'whisper';
      /** Connections, unique over all nodes. */
      readonly to: string;
      readonly sender: string;
      readonly toName: string;
      readonly fromName: string;
      readonly text: string;
      /** Whether other connections of theirs are sent it too. */
      readonly isOneOfSome?: boolean;
    }
  | { readonly kind: 'line'; readonly to: string; readonly line: string };

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
