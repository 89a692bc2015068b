import { texts } from '@chat-server/protocol';
import type { SanctionsView } from '../domain/sanction-table';
import type { ConnectionHost } from './connection-host';

/** Why someone is not let in, for the metrics and for them. */
export interface EntryRefusal {
  readonly reason: 'name-taken' | 'account-full' | 'name-banned' | 'lockdown';
  readonly line: string;
}

/** Who wants in: what is proven of them. */
export interface Entrant {
  readonly name: string;
  readonly isRegistered: boolean;
  readonly isOperator: boolean;
}

/** Whether a name is let in at all. */
export function refuseName(
  sanctions: SanctionsView,
  name: string,
  nowMs: number,
): EntryRefusal | undefined {
  const ban = sanctions.banOfName(name, nowMs);
  if (ban === undefined) return undefined;
  return { reason: 'name-banned', line: texts.nameBanned(name, ban, nowMs) };
}

/** Whether someone is let in; to be asked again when they have the name, since things may have changed. */
export function refuseEntry(
  sanctions: SanctionsView,
  { name, isRegistered, isOperator }: Entrant,
  nowMs: number,
): EntryRefusal | undefined {
  const refusal = refuseName(sanctions, name, nowMs);
  const { lockdown } = sanctions;
  if (refusal !== undefined || lockdown === undefined || isOperator) return refusal;
  if (lockdown.mode === 'all') {
    return { reason: 'lockdown', line: texts.lockedToAll(lockdown.reason) };
  }
  if (isRegistered) return undefined;
  return { reason: 'lockdown', line: texts.lockedToGuests(lockdown.reason) };
}

/** Whether someone who is on may go on as somebody else, whom they have proven to be; says why not. */
export function mayBecome(
  connection: ConnectionHost,
  { name, isOperator }: Pick<Entrant, 'name' | 'isOperator'>,
): boolean {
  const { services, context } = connection;
  const entrant = { name, isOperator, isRegistered: true };
  const refusal = refuseEntry(services.sanctions, entrant, context.now());
  if (refusal === undefined) return true;
  services.metrics.refused(refusal.reason);
  connection.tell(refusal.line);
  return false;
}
