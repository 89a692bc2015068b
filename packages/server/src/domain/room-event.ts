import { texts } from '@chat-server/protocol';

const kinds = ['said', 'acted', 'joined', 'left', 'topic', 'destroyed', 'inherited'] as const;
const known: ReadonlySet<string> = new Set(kinds);

/** Something that happened in a room, as its log keeps it and all members see it, in one order. */
export interface RoomEvent {
  /** A newer server may write others, which this one passes over. */
  readonly kind: (typeof kinds)[number];
  readonly atMs: number;
  /** Who did it, as shown; of a room that is another's now, whose it was, empty if nobody's. */
  readonly by: string;
  /** The connection it came from, unique over all nodes; no copy of one's own words comes back. */
  readonly origin: string;
  /** What was said; of a room that is another's now, whose it is. */
  readonly text: string;
}

/** Whether there is a line for it. */
export function isKnown({ kind }: RoomEvent): boolean {
  return known.has(kind);
}

/** The line that plain mode shows for it; empty if there is none. */
export function lineOf(event: RoomEvent, room: string): string {
  if (!isKnown(event)) return '';
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
  }
}

/** Whether the author gets no copy of it. */
export function isOwnWords(event: RoomEvent): boolean {
  return event.kind === 'said' || event.kind === 'acted';
}
