import type { ModerationRecord } from '../domain/moderation-record';
import type { Log } from '../log/log';
import { moderationChannel } from '../store/keys';
import type { Store } from '../store/store';

/** Keeps what moderators did: in the log of this node, and for all of them in the store. */
export class ModerationRecords {
  constructor(
    private readonly store: Pick<Store, 'append' | 'tail'>,
    private readonly log: Log,
  ) {}

  note(record: ModerationRecord): void {
    const { by, action, target } = record;
    this.log.info({ moderation: record }, `Moderation: ${by} used ${action} on ${target}`);
    void this.store.append(moderationChannel, [record]).then((answer) => {
      if (answer.ok) return;
      this.log.warn({ moderation: record }, 'A record of moderation is in this log only');
    });
  }

  /** What was done last, on any node: at most so many, oldest first. */
  async latest(countMax: number): Promise<readonly ModerationRecord[] | 'store-away'> {
    const answer = await this.store.tail<ModerationRecord>(moderationChannel, countMax);
    return answer.ok ? answer.value.entries : answer.reason;
  }
}
