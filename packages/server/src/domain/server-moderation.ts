import type { ModerationRecord } from './moderation-record';
import type { Sanctions, SanctionsDecision, SanctionsRule } from './sanctions';

/** What every node is told when something is done about people; kinds that are not known are passed over. */
export type ModerationNews =
  /** The sanctions are others now. */
  | { readonly kind: 'sanctions' }
  /** Who has that name may be an operator now, or one no more. */
  | { readonly kind: 'operator'; readonly name: string }
  /** Whoever has that name is to be disconnected. */
  | { readonly kind: 'kick'; readonly name: string; readonly reason?: string }
  | { readonly kind: 'announcement'; readonly by: string; readonly text: string }
  /** A connection wants to know from where someone is connected. */
  | { readonly kind: 'whois'; readonly name: string; readonly asker: string };

/** What operators do on the whole server; the store behind it may be away, and then nothing is done. */
export interface Moderation {
  /** What is in force. */
  read(): Promise<Sanctions | 'store-away'>;
  /** Changes what is in force, on every node. */
  change(rule: SanctionsRule): Promise<SanctionsDecision | 'store-away'>;
  /** Tells every node, once. */
  tell(news: ModerationNews): Promise<'done' | 'store-away'>;
  /** Keeps what was done, whatever becomes of who did it. */
  note(record: ModerationRecord): void;
  /** What was done last, at most so many, oldest first. */
  records(countMax: number): Promise<readonly ModerationRecord[] | 'store-away'>;
}
