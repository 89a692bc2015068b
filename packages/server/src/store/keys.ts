import type { DocumentKey } from './store';

export const roomsCollection = 'rooms';

/** Where a room's document is; the key is its name as names are compared. */
export function documentOf(roomKey: string): DocumentKey {
  return { collection: roomsCollection, id: roomKey };
}

/** The channel of a room's log. */
export function channelOf(roomKey: string): string {
  return `room:${roomKey}`;
}
