import { texts } from '@chat-server/protocol';
import type { Moderation } from './moderation';

/** Something that happened in a room, as its log keeps it and all members see it, in one order. */
export interface RoomEvent {
  readonly kind:
    | 'said'
    | 'acted'
    | 'joined'
    | 'left'
    | 'topic'
    | 'destroyed'
    | 'inherited'
    | 'moderated'
    /** In the log, and for nobody to see; the log itself has none of this kind. */
    | 'withheld';
  readonly atMs: number;
  /** Who did it, as shown; of a room that is another's now, whose it was, empty if nobody's. */
  readonly by: string;
  /** The connection it came from, unique over all nodes; no copy of one's own words comes back. */
  readonly origin: string;
  /** What was said; of a room that is another's now, whose it is. */
  readonly text: string;
  /** What was moderated; its text says it in words. */
  readonly moderation?: Moderation;
  /** Of a line: the revision of the room that let it pass; 0 when not given. */
  readonly revision?: number;
  /** Of a line: the time that its author must leave between two, if any. */
  readonly paceMs?: number;
  /** Of who comes: whether they may be there by several connections, since the name is theirs. */
  readonly isRegistered?: boolean;
  /** Not in the log: shown to nobody, since it is of one connection of somebody who has others. */
  readonly isQuiet?: boolean;
}

/** In the place of what a newer node has written, or of what nobody can read any more. */
export const withheldEvent: RoomEvent = { kind: 'withheld', atMs: 0, by: '', origin: '', text: '' };

/** The line that plain mode shows for it; empty for what is withheld. */
export function lineOf(event: RoomEvent, room: string): string {
  switch (event.kind) {
    case 'said':
      return texts.said(event.by, event.text);
    case 'acted':
      return texts.acted(event.by, event.text);
    case 'joined':
      return texts.joined(event.by, room);
    case 'left':
      return texts.left(event.by, room);
    case 'topic':
      return texts.topicSet(event.by, event.text);
    case 'destroyed':
      return texts.roomBeingDestroyed;
    case 'inherited':
      return texts.roomInherited(event.by, event.text);
    case 'moderated':
      return texts.moderated(event.by, event.text);
    case 'withheld':
      return '';
  }
}

/** Whether the author gets no copy of it. */
export function isOwnWords(event: RoomEvent): boolean {
  return event.kind === 'said' || event.kind === 'acted';
}
