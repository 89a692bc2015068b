import { texts } from '@chat-server/protocol';
import { lineOf } from '../domain/room-event';
import { Batch, isFor, isMention } from './batch';
import type { Ring } from './ring';
import type { Member, Seat } from './seat';

/** How much is written to one member at once who is behind, before asking whether they keep up. */
const catchUpCharactersMax = 64 * 1024;

/** What went into outboxes. */
export interface Sent {
  /** Over all members. */
  lines: number;
  bytes: number;
  /** Lines that some missed, since they did not keep up. */
  skipped: number;
}

/**
 * Sends what came after `since` to all seats: one Buffer for each way in which their displays draw
 * lines, encoded once, that every member who is up to date gets in one write. Members who do not
 * keep up are passed over, at the cost of nothing: their cursor says where they were. Who ignores
 * someone who wrote some of it, or wrote some and has it on their screen, gets a copy without.
 */
export function fanOut(seats: Iterable<Seat>, ring: Ring, since: number, room: string): Sent {
  const batch = new Batch(ring, since, room);
  const sent: Sent = { lines: 0, bytes: 0, skipped: 0 };
  for (const seat of seats) {
    const { cursor, member } = seat;
    if (cursor === 'waiting' || cursor >= ring.head || member.peer.isClogged) continue;
    if (cursor < since || !batch.isWhole) {
      add(sent, catchUp(seat, ring, room));
      continue;
    }
    seat.cursor = ring.head;
    try {
      send(batch, member, cursor - since, sent);
    } catch (error) {
      // A bug that one screen hits is not to cost the room, nor the others, anything.
      member.displayFailed(error);
    }
  }
  return sent;
}

function add(sent: Sent, { lines, bytes, skipped }: Sent): void {
  sent.lines += lines;
  sent.bytes += bytes;
  sent.skipped += skipped;
}

function send(batch: Batch, member: Member, skipped: number, sent: Sent): void {
  const { display, mentionKey } = member;
  const rendition = batch.as(display.look);
  const isCalled = mentionKey !== undefined && batch.mentions(mentionKey, member, skipped);
  if (isCalled) display.ring();
  if (batch.isForAll(member)) {
    const bytes = rendition.bytesFrom(skipped);
    if (bytes.length > 0) display.showShared(bytes);
    sent.lines += rendition.countFrom(skipped);
    sent.bytes += bytes.length;
    return;
  }
  const lines = rendition.linesFor(member, skipped);
  const text = lines.join('');
  display.showDrawn(text);
  display.flush();
  sent.lines += lines.length;
  sent.bytes += text.length;
}

/**
 * Sends one seat what lies between its cursor and `upTo`, as far as its peer takes it. Where the
 * ring has moved past the cursor, a line says how many lines were missed.
 */
export function catchUp(seat: Seat, ring: Ring, room: string, upTo = ring.head): Sent {
  const { member } = seat;
  const sent: Sent = { lines: 0, bytes: 0, skipped: 0 };
  while (seat.cursor !== 'waiting' && seat.cursor < upTo && !member.peer.isClogged) {
    try {
      const missed = tellMissed(member, seat.cursor, ring, upTo);
      seat.cursor += missed;
      sent.skipped += missed;
      let characters = 0;
      while (seat.cursor < upTo && characters < catchUpCharactersMax) {
        seat.cursor++;
        const shown = showOne(member, ring, seat.cursor, room);
        characters += shown;
        if (shown > 0) sent.lines++;
      }
      sent.bytes += characters;
      member.display.flush();
    } catch (error) {
      member.displayFailed(error);
      break;
    }
  }
  return sent;
}

/** Tells a member what the ring holds no longer; answers how many lines that are. */
function tellMissed({ display }: Member, cursor: number, ring: Ring, upTo: number): number {
  const missed = Math.min(ring.first - 1, upTo) - cursor;
  if (missed <= 0) return 0;
  display.show(texts.linesMissed(missed), ring.at(ring.first)?.atMs ?? 0);
  return missed;
}

/** Shows a member one event, if it is for them; answers how much that was. */
function showOne(member: Member, ring: Ring, offset: number, room: string): number {
  const { display, mentionKey, origin } = member;
  const event = ring.at(offset);
  if (event === undefined || !isFor(event, member)) return 0;
  const line = lineOf(event, room);
  if (mentionKey !== undefined && isMention(event, mentionKey, origin)) display.ring();
  display.show(line, event.atMs);
  return line.length;
}
