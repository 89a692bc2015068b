import type { Room, RoomDecision, RoomRule } from './room';
import type { RoomEvent } from './room-event';

/** All rooms there are, whoever is in them; the store behind it may be away. */
export interface RoomCatalogue {
  read(name: string): Promise<Room | undefined | 'store-away'>;
  list(): Promise<readonly Room[] | 'store-away'>;
  /** How many there are. */
  count(): Promise<number | 'store-away'>;
  /** Changes a room by a rule, as if no one else did at that moment. */
  change(name: string, rule: RoomRule): Promise<RoomDecision | 'store-away'>;
  /** What was said and done there last, at most `countMax`, oldest first. */
  history(name: string, countMax: number): Promise<readonly RoomEvent[] | 'store-away'>;
  /** Tells the members of a room what has happened. Where the store is away, they are never told. */
  happen(name: string, event: RoomEvent): Promise<'kept' | 'store-away'>;
  /** Tells the members of a room that is no more, and forgets what was said in it. */
  bury(name: string, by: string, origin: string): Promise<void>;
}
