import type { Moderation, ModerationNews } from '../domain/server-moderation';
import type { ModerationRecord } from '../domain/moderation-record';
import {
  noSanctions,
  type SanctionRefusal,
  type Sanctions,
  type SanctionsDecision,
  type SanctionsRule,
} from '../domain/sanctions';
import { moderationNewsChannel, sanctionsDocument } from '../store/keys';
import type { Store } from '../store/store';

/** Where what was done is kept. */
export interface RecordCatalogue {
  note(record: ModerationRecord): void;
  latest(countMax: number): Promise<readonly ModerationRecord[] | 'store-away'>;
}

/** Keeps sanctions in the store, and has every node told what it is to do. */
export class ModerationKeeper implements Moderation {
  constructor(
    private readonly store: Pick<Store, 'read' | 'change' | 'append'>,
    private readonly recorded: RecordCatalogue,
  ) {}

  async read(): Promise<Sanctions | 'store-away'> {
    const answer = await this.store.read<Sanctions>(sanctionsDocument);
    return answer.ok ? (answer.value ?? noSanctions) : answer.reason;
  }

  async change(rule: SanctionsRule): Promise<SanctionsDecision | 'store-away'> {
    const answer = await this.store.change<Sanctions, SanctionRefusal>(
      sanctionsDocument,
      (sanctions) => {
        const decision = rule(sanctions ?? noSanctions);
        return decision.ok
          ? { ok: true, document: decision.sanctions }
          : { ok: false, refused: decision.refusal };
      },
    );
    if (!answer.ok) return answer.reason;
    const changed = answer.value;
    if (!changed.ok) return { ok: false, refusal: changed.refused };
    // Where the store is away by now, nodes see the change when they look again.
    await this.tell({ kind: 'sanctions' });
    return { ok: true, sanctions: changed.document ?? noSanctions };
  }

  async tell(news: ModerationNews): Promise<'done' | 'store-away'> {
    const answer = await this.store.append(moderationNewsChannel, [news], { briefly: true });
    return answer.ok ? 'done' : answer.reason;
  }

  note(record: ModerationRecord): void {
    this.recorded.note(record);
  }

  records(countMax: number): Promise<readonly ModerationRecord[] | 'store-away'> {
    return this.recorded.latest(countMax);
  }
}
