import { nameKey } from '@chat-server/protocol';
import type { Person } from '../domain/person';
import type { RoomEvent } from '../domain/room-event';
import { type Display, LineDisplay } from '../clients/display';
import { FakePeer } from '../transports/fake-peer.suite';
import type { Member, Seat } from './seat';

/** Someone in a room, with what they have been sent. */
export class FakeMember implements Member {
  readonly peer: FakePeer;
  readonly origin: string;
  display: Display;
  mentionKey: string | undefined;
  needsMuch = false;
  isGone = false;
  ignored: ReadonlySet<string> = new Set();
  readonly removed: string[] = [];
  readonly failures: unknown[] = [];

  constructor(readonly name: string) {
    this.peer = new FakePeer(name);
    this.display = new LineDisplay(this.peer, undefined);
    this.origin = `n.${name}`;
  }

  get person(): Person {
    const { name, origin } = this;
    return { name, origin, isRegistered: false, isOperator: false };
  }

  displayFailed(error: unknown): void {
    this.failures.push(error);
  }

  removedFrom(room: string): void {
    this.removed.push(room);
  }

  ignores(...names: readonly string[]): this {
    this.ignored = new Set(names.map(nameKey));
    return this;
  }

  seat(cursor: Seat['cursor']): Seat {
    return { member: this, cursor, sinceMs: 0 };
  }

  /** All lines that they have been sent. */
  get lines(): string[] {
    return this.peer.transcript.all.split('\r\n').slice(0, -1);
  }

  said(text: string): RoomEvent {
    return { kind: 'said', atMs: 0, by: this.name, origin: this.origin, text };
  }

  joined(): RoomEvent {
    return { ...this.said(''), kind: 'joined' };
  }
}
