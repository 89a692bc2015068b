import type { Reply, Settled } from '@chat-server/supervision';
import type { Room, RoomRefusal } from '../domain/room';
import type { RoomEvent } from '../domain/room-event';
import type { RoomSanction } from '../domain/room-sanction';
import type { StoreAnswer, Tail } from '../store/store';
import type { Member } from './seat';

/** How long a room may take to answer. */
export const roomTimeoutMs = 10_000;

/** How a request to enter went; on joining, the line that says so has been sent. */
export type JoinAnswer =
  | {
      readonly joined: true;
      readonly room: string;
      readonly topic: string | undefined;
      /** Whether it was nobody's when they were let in. */
      readonly isOwnerless: boolean;
      /** The time to leave between two lines, if any. */
      readonly paceMs?: number | undefined;
      /** Whether no line says so, since they were there already by another connection. */
      readonly isQuiet: boolean;
    }
  | {
      readonly joined: false;
      /** `put-out`: they came in, and were put out before they could be told so. */
      readonly refusal: RoomRefusal | 'store-away' | 'put-out';
      readonly room?: Room;
      readonly sanction?: RoomSanction;
    };

export interface JoinRequest {
  readonly member: Member;
  /** Who the member was when they asked. */
  readonly origin: string;
  readonly reply: Reply<JoinAnswer>;
}

/** Someone who leaves a room, which may not know them. */
export type Leaver = Pick<Member, 'name' | 'origin'>;

/** What the store has of a room. */
export interface Loaded {
  readonly tail: StoreAnswer<Tail<RoomEvent>>;
  readonly room: StoreAnswer<Room | undefined>;
}

export interface SpeakMessage {
  readonly type: 'speak';
  readonly kind: 'said' | 'acted' | 'topic';
  readonly member: Member;
  readonly text: string;
  /** When it was read from its socket. */
  readonly readAtMs: number;
}

/** What a room's actor is told. */
export type RoomMessage =
  | SpeakMessage
  | ({ readonly type: 'join' } & JoinRequest)
  /** Answered when all lines up to it have been sent to the one who leaves. */
  | {
      readonly type: 'leave';
      readonly origin: string;
      readonly name: string;
      readonly reply?: Reply<void>;
    }
  /** Answered when what was said before is in the log. */
  | { readonly type: 'sync'; readonly reply: Reply<void> }
  /** These are gone with their node; every node says so, for the same cause. */
  | {
      readonly type: 'gone';
      readonly cause: string;
      readonly members: readonly Leaver[];
      /** The node they were on, of which nobody is left. */
      readonly node?: string;
    }
  /** Members whose connection is somebody else's by now have no seat any more. */
  | { readonly type: 'expelled' }
  /** A peer takes what it is sent again. */
  | { readonly type: 'drained'; readonly origin: string }
  /** A bug that one member's line hits: for trying supervision out. */
  | { readonly type: 'fault'; readonly member: Member }
  | { readonly type: 'load' }
  | { readonly type: 'loaded'; readonly outcome: Settled<Loaded> }
  /** What the document is after a gap in the log, or after a change by who rules the room. */
  | { readonly type: 'checked'; readonly outcome: Settled<StoreAnswer<Room | undefined>> }
  | {
      readonly type: 'judged';
      readonly joins: readonly JoinRequest[];
      readonly outcome: Settled<StoreAnswer<Room | undefined>>;
    }
  | { readonly type: 'appended' }
  /** The store may be back, and keep that some have left. */
  | { readonly type: 'append-again' }
  | { readonly type: 'flush' };
