import { texts } from '@chat-server/protocol';

/** Something that happened in a room, as its log keeps it and all members see it, in one order. */
export interface RoomEvent {
  readonly kind: 'said' | 'acted' | 'joined' | 'left' | 'topic' | 'destroyed';
  readonly atMs: number;
  /** Who did it, as shown. */
  readonly by: string;
  /** The connection it came from, unique over all nodes; no copy of one's own words comes back. */
  readonly origin: string;
  readonly text: string;
}

/** The line that plain mode shows for it. */
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
  }
}

/** Whether the author gets no copy of it. */
export function isOwnWords(event: RoomEvent): boolean {
  return event.kind === 'said' || event.kind === 'acted';
}
