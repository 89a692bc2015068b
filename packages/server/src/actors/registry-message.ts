import type { Reply, Settled } from '@chat-server/supervision';
import type { StoreAnswer } from '../store/store';
import type { ClaimAnswer } from './claim-answer';
import type { Session } from './session';

/** What the registry is told. */
export type RegistryMessage =
  | {
      readonly type: 'claim';
      readonly name: string;
      readonly session: Session;
      readonly reply: Reply<ClaimAnswer>;
    }
  /** A connection is over. Safe to repeat. */
  | { readonly type: 'release'; readonly name: string; readonly session: Session }
  | {
      readonly type: 'claim-settled';
      readonly claim: Claim;
      readonly outcome: Settled<StoreAnswer<'claimed' | 'taken'>>;
    };

export type Claim = RegistryMessage & { readonly type: 'claim' };
