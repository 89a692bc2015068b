import type { Directory } from '../domain/directory';
import type { FloodControl } from '../domain/flood-control';
import type { Limits } from '../domain/limits';
import type { NodeIdentity } from '../domain/node-identity';
import type { Metrics } from '../metrics/metrics';
import type { Store } from '../store/store';
import type { Announcer } from './announcer';
import type { FanOutLoad } from './fan-out-load';
import type { SeatTable } from './seat';

/** What a room's actor is started with. */
export interface RoomArgs {
  /** As the first who came typed it; the document knows the proper one. */
  readonly name: string;
  readonly store: Store;
  readonly seats: SeatTable;
  readonly directory: Directory;
  readonly announcer: Announcer;
  readonly identity: NodeIdentity;
  readonly limits: Limits;
  readonly flood: Pick<FloodControl, 'heldNetwork'>;
  readonly load: FanOutLoad;
  readonly metrics: Metrics;
}
