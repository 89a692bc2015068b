import type { LineDecoderOptions } from '@chat-server/protocol';
import type { Accounts } from '../domain/accounts';
import type { Directory } from '../domain/directory';
import type { FloodControl } from '../domain/flood-control';
import type { Limits } from '../domain/limits';
import type { RoomCatalogue } from '../domain/room-catalogue';
import type { Readiness } from '../http/readiness';
import type { Log } from '../log/log';
import type { Metrics } from '../metrics/metrics';
import type { Moderation } from '../domain/server-moderation';
import type { NodeIdentity } from '../domain/node-identity';
import type { SanctionTable } from '../domain/sanction-table';
import type { OperatorKeeper } from '../moderation/operator-keeper';
import type { Store } from '../store/store';
import type { Announcer } from './announcer';
import type { FanOutLoad } from './fan-out-load';
import type { Inbox } from './inbox';
import type { ModerationRecords } from './moderation-records';
import type { Returns } from './returns';
import type { SeatTable } from './seat';
import type { SessionTable } from './session-table';

/**
 * What the actors of one server share. The tables among it (sessions, seats, the directory, sanctions)
 * outlive the actors that keep them, as ETS tables with an heir do: from them a part that crashed comes back.
 */
export interface Services {
  readonly identity: NodeIdentity;
  readonly store: Store;
  readonly catalogue: RoomCatalogue;
  readonly accounts: Accounts;
  readonly directory: Directory;
  readonly announcer: Announcer;
  readonly sessions: SessionTable;
  readonly seats: SeatTable;
  readonly returns: Returns;
  readonly records: ModerationRecords;
  readonly moderation: Moderation;
  readonly operators: OperatorKeeper;
  readonly sanctions: SanctionTable;
  readonly inbox: Inbox;
  readonly load: FanOutLoad;
  readonly flood: FloodControl;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly limits: Limits;
  readonly decoding: LineDecoderOptions;
  readonly faultInjection: boolean;
  /** Where people connect so that nobody on the way can read what they send; none when not given. */
  readonly tlsPort?: number | undefined;
  /** Lines shown to whoever logs in. */
  readonly motd: readonly string[];
  readonly log: Log;
}
