import type { Reply, Settled } from '@chat-server/supervision';
import type { Presence } from '../domain/directory';
import type { Claimed, ClaimNews, StoreAnswer } from '../store/store';
import type { ClaimAnswer } from './claim-answer';
import type { Session } from './session';

/** What the registry is told. */
export type RegistryMessage =
  | {
      readonly type: 'claim';
      readonly name: string;
      readonly session: Session;
      /** Who the session was when it asked. */
      readonly origin: string;
      /** Whether it is proven to be theirs, so that others of theirs may have it too. */
      readonly isShared: boolean;
      readonly reply: Reply<ClaimAnswer>;
    }
  /** A connection is over. Safe to repeat. */
  | { readonly type: 'release'; readonly name: string; readonly origin: string }
  | {
      readonly type: 'claim-settled';
      readonly claim: Claim;
      readonly outcome: Settled<StoreAnswer<Claimed>>;
    }
  /** What has become of names, on whichever node. */
  | { readonly type: 'news'; readonly news: ClaimNews<Presence> }
  /** How claiming a name again went that the store had forgotten. */
  | {
      readonly type: 'reclaimed';
      readonly session: Session;
      readonly origin: string;
      readonly outcome: Settled<StoreAnswer<Claimed>>;
    }
  /** Those had time to be claimed again whom the store had forgotten. */
  | { readonly type: 'confirm' }
  /** This node was taken for dead, and is another one now. */
  | { readonly type: 'lapsed' };

export type Claim = RegistryMessage & { readonly type: 'claim' };
