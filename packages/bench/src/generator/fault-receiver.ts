import { texts } from '@chat-server/protocol';
import type { OrderFollower } from '../checking/order-follower';
import { lineKey } from '../checking/order-log';
import { hasTime, readAgeUs, roomName, userName } from '../wire/counted-line';
import { monotonicUs } from '../wire/monotonic-clock';
import type { Gauge } from './gauge';
import type { Member } from './member';
import type { Receiver } from './user-connection';

const refusals: ReadonlySet<string> = new Set([texts.storeAway, texts.roomBusy]);
const cutLine = texts.linesLost(roomName(0));

/** What one member is sent from its join to its connection's end. */
export class FaultReceiver implements Receiver {
  /** Its connection was closed, or it did not get into the room. */
  isGone = false;
  damagedLines = 0;
  /** How often it was put out of the room. */
  expelled = 0;
  /** Whether it was told that the log was cut short. */
  isTold = false;
  readonly #expulsions: readonly string[];

  constructor(
    readonly follower: OrderFollower,
    private readonly member: Member,
    private readonly gauge: Gauge,
  ) {
    const name = userName(member.connection.user);
    this.#expulsions = [texts.nodeLapsed, texts.nameLost(name), texts.notInRoom];
  }

  counted(user: number, sequence: number, bytes: Uint8Array, textAt: number): void {
    const { gauge } = this;
    gauge.deliveries++;
    this.follower.note(lineKey(user, sequence));
    if (gauge.measuring && hasTime(bytes, textAt)) {
      gauge.latencies.record(readAgeUs(bytes, textAt, monotonicUs()));
    }
  }

  damaged(): void {
    this.damagedLines++;
  }

  joined(): void {
    // Who joins is of no interest here.
  }

  told(line: string): void {
    if (refusals.has(line)) this.member.refused++;
    else if (this.#expulsions.includes(line)) this.expelled++;
    else if (line === cutLine) {
      this.isTold = true;
      this.follower.noteCut();
    }
  }
}
