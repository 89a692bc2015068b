import type { DocumentKey } from './store';

export const roomsCollection = 'rooms';

/** Where people were who had to go, by name. */
export const returnsCollection = 'returns';

/** Where a room's document is; the key is its name as names are compared. */
export function documentOf(roomKey: string): DocumentKey {
  return { collection: roomsCollection, id: roomKey };
}

export const accountsCollection = 'accounts';

/** Where the account of a name is; the key is that name as names are compared. */
export function accountOf(accountKey: string): DocumentKey {
  return { collection: accountsCollection, id: accountKey };
}

/** How the names of nodes' inboxes begin. */
export const inboxPrefix = 'inbox:';

/** The channel on which a node is sent what is for its people. */
export function inboxOf(process: string): string {
  return inboxPrefix + process;
}

export const moderationCollection = 'moderation';

/** Where it is kept who is banned, muted and locked out. */
export const sanctionsDocument: DocumentKey = { collection: moderationCollection, id: 'sanctions' };

/** Where the names are kept that may be operators'. */
export const operatorsDocument: DocumentKey = { collection: moderationCollection, id: 'operators' };

/** The channel by which every node is told what is done about people. */
export const moderationNewsChannel = 'moderation-news';

/** The channel of what moderators did, on any node. */
export const moderationChannel = 'moderation';

/** How the names of rooms' channels begin. */
export const roomPrefix = 'room:';

/** The channel of a room's log. */
export function channelOf(roomKey: string): string {
  return roomPrefix + roomKey;
}
