import { texts, toWire } from '@chat-server/protocol';
import type { Peer } from '../transports/peer';
import type { Refusals } from './refusals';
import type { Services } from './services';

interface Refusal {
  readonly reason: string;
  readonly line: string;
}

/** Lets a peer in, or tells it with a line why not, unless very many come, and closes. */
export function admits(services: Services, refusals: Refusals, peer: Peer, nowMs: number): boolean {
  const refusal = refusalOf(services, peer.address, nowMs);
  if (refusal === undefined) return true;
  refusals.note({ address: peer.address, reason: refusal.reason }, nowMs);
  if (!refusals.mayExplain(nowMs)) {
    peer.destroy();
    return false;
  }
  peer.write(toWire(refusal.line));
  peer.end();
  return false;
}

function refusalOf(
  { flood, sessions, limits, sanctions }: Services,
  address: string,
  nowMs: number,
): Refusal | undefined {
  const ban = sanctions.banOfAddress(address, nowMs);
  if (ban !== undefined) return { reason: 'banned', line: texts.addressBanned(ban, nowMs) };
  if (flood.overload.isOverloaded) return { reason: 'overloaded', line: texts.serverBusy };
  if (sessions.size >= limits.connectionsMax) {
    return { reason: 'server-full', line: texts.serverFull };
  }
  if (sessions.countFrom(address) >= limits.connectionsPerAddressMax && !flood.isExempt(address)) {
    return { reason: 'address-full', line: texts.addressFull };
  }
  if (!flood.mayConnect(address, nowMs)) {
    return { reason: 'address-connects', line: texts.tooManyConnects };
  }
  return undefined;
}

/**
 * Takes note of how late the acceptor came to its pulse: those who talk are served before those who
 * come, so that nobody is let in while the server is late with what it has to do.
 */
export function noteLateness(
  { flood, log, readiness }: Services,
  latenessMs: number,
  nowMs: number,
): void {
  if (!flood.overload.note(latenessMs, nowMs)) return;
  readiness.isOverloaded = flood.overload.isOverloaded;
  if (readiness.isOverloaded) {
    log.warn({ latenessMs }, 'Overloaded: nobody is let in until the server is on time again');
  } else log.warn({}, 'Not overloaded any more: people are let in again');
}
