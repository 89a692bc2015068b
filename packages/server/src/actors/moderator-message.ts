import type { Settled } from '@chat-server/supervision';
import type { Account } from '../domain/account';
import type { ModerationNews } from '../domain/server-moderation';
import type { Sanctions, SanctionsDecision } from '../domain/sanctions';
import type { Batch } from '../store/store';
import type { Session } from './session';

/** What the moderator is told. */
export type ModeratorMessage =
  /** What operators have done, on any node. */
  | { readonly type: 'news'; readonly batch: Batch<ModerationNews> }
  /** Something may have been missed. */
  | { readonly type: 'look' }
  | { readonly type: 'tick' }
  | { readonly type: 'read'; readonly outcome: Settled<Sanctions | 'store-away'> }
  /** A ban or a mute is over. */
  | { readonly type: 'ended' }
  | { readonly type: 'changed'; readonly outcome: Settled<SanctionsDecision | 'store-away'> }
  /** Someone has become an operator a moment ago, and it may be true no longer. */
  | { readonly type: 'verify'; readonly session: Session }
  | {
      readonly type: 'verified';
      readonly session: Session;
      /** Who the session was when it was asked. */
      readonly origin: string;
      readonly outcome: Settled<Account | undefined | 'store-away'>;
    };
