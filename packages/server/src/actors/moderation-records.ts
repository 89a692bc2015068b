import type { ModerationRecord } from '../domain/moderation-record';
import type { Log } from '../log/log';
import { moderationChannel } from '../store/keys';
import type { Store } from '../store/store';

/** Keeps what moderators did: in the log of this node, and for all of them in the store. */
export class ModerationRecords {
  constructor(
    private readonly store: Pick<Store, 'append'>,
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
}
