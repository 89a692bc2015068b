import type { Directory } from '../domain/directory';
import type { NodeIdentity } from '../domain/node-identity';
import type { Occupants } from '../domain/occupants';
import type { Announcer } from './announcer';
import type { Delivery } from './delivery';
import type { RoomDocument } from './room-document';
import type { Member, Seats } from './seat';

/** What membership needs of the room around it. */
export interface MembershipSurroundings {
  readonly key: string;
  readonly seats: Seats;
  readonly occupants: Occupants;
  readonly directory: Directory;
  readonly announcer: Announcer;
  readonly identity: NodeIdentity;
  readonly now: () => number;
  readonly membersMax: number;
  readonly delivery: () => Delivery;
  readonly document: RoomDocument;
  /** The network that all who come from an address can be held to, if any. */
  readonly networkOf: (address: string) => string | undefined;
  /** Has an event appended to the room's log. */
  readonly happen: (kind: 'joined' | 'left', member: Member) => void;
}
