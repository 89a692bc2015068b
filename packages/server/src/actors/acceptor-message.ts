import type { Reply, Settled } from '@chat-server/supervision';
import type { Peer } from '../transports/peer';
import type { Probed } from '../transports/transport';

/** What an acceptor is told. */
export type AcceptorMessage =
  | { readonly type: 'accepted'; readonly peer: Peer }
  | { readonly type: 'failed'; readonly error: Error }
  /** To go on with those who wait for their actors. */
  | { readonly type: 'welcome' }
  | { readonly type: 'sweep' }
  /** To see how late it comes. */
  | { readonly type: 'pulse'; readonly dueAtMs: number }
  /** Asks whether it still handles what it is told. */
  | { readonly type: 'ping'; readonly reply: Reply<'alive'> }
  | { readonly type: 'probe' }
  | { readonly type: 'probed'; readonly outcome: Settled<Probed> }
  /** Takes no more connections, and tells those there are how long they have. */
  | { readonly type: 'announce'; readonly leftMs: number; readonly isReplaced: boolean }
  /** Takes no more connections, and says goodbye to those there are. */
  | { readonly type: 'farewell' };
