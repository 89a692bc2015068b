import type { Answer, Settled } from '@chat-server/supervision';
import type { Effect } from '../commands/effect';
import type { Account } from '../domain/account';
import type { Proof } from '../domain/accounts';
import type { ClaimAnswer } from './claim-answer';
import type { JoinAnswer } from './room-message';

/** Who the connection was when it asked: what comes after it is somebody else is not for it. */
interface ForWhom {
  readonly origin: string;
}

/** What a connection's actor is told. */
export type ConnectionMessage =
  /** Something has been read from the peer. */
  | { readonly type: 'input' }
  /** Others have had their turn. */
  | { readonly type: 'continue' }
  /** What it has sent too fast has waited long enough. */
  | { readonly type: 'delay-over' }
  /** A terminal has not said where its cursor is. */
  | { readonly type: 'no-cursor-report' }
  /** What others had for its screen could not be drawn. */
  | { readonly type: 'display-failed'; readonly error: unknown }
  | { readonly type: 'rooms-listed'; readonly outcome: Settled<readonly string[] | 'store-away'> }
  /** The peer takes what it is sent again. */
  | { readonly type: 'drained' }
  | { readonly type: 'closed' }
  /** The server ends it, with a last line. */
  | { readonly type: 'end'; readonly line: string; readonly reason: string }
  | ({
      readonly type: 'claimed';
      readonly name: string;
      readonly answer: Answer<ClaimAnswer>;
    } & ForWhom)
  | ({
      readonly type: 'account-found';
      readonly name: string;
      readonly outcome: Settled<Account | undefined | 'store-away'>;
      /** Whether it holds the name by now. */
      readonly isClaimed: boolean;
    } & ForWhom)
  | ({
      readonly type: 'password-checked';
      readonly name: string;
      readonly outcome: Settled<Proof>;
    } & ForWhom)
  | ({ readonly type: 'answered'; readonly outcome: Settled<readonly Effect[]> } & ForWhom)
  | ({
      readonly type: 'joined';
      readonly room: string;
      readonly attempt: number;
      readonly answer: Answer<JoinAnswer>;
    } & ForWhom)
  | ({
      readonly type: 'left';
      readonly room: string;
      readonly afterwards: readonly Effect[];
      readonly attempt: number;
      readonly answer: Answer<void>;
    } & ForWhom)
  /** Another connection of its account has said something for all; or it may try to follow again. */
  | { readonly type: 'companions'; readonly isAgain?: boolean }
  /** Its name is not its own any more. */
  | { readonly type: 'expelled'; readonly line: string }
  | { readonly type: 'removed'; readonly room: string }
  | { readonly type: 'whispered'; readonly from: string; readonly text: string }
  /** A line for this user from elsewhere. */
  | { readonly type: 'told'; readonly line: string };
