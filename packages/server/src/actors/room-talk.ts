import { nameKey, texts } from '@chat-server/protocol';
import { isOwnWords, type RoomEvent } from '../domain/room-event';
import type { LogReader } from '../domain/log-reader';
import type { Room } from '../domain/room';
import { muteOn, paceOf } from '../domain/room-moderation';
import type { SpeakMessage } from './room-message';
import type { RoomWriter } from './room-writer';
import type { Member, Seats } from './seat';

/** What talking needs of the room around it. */
export interface TalkSurroundings {
  readonly seats: Seats;
  readonly writer: RoomWriter;
  readonly now: () => number;
  /** As shown. */
  readonly name: () => string;
  readonly document: () => Room | undefined;
  readonly log: () => LogReader;
}

/**
 * Lets lines of members pass into the room's log, as far as they may write: here by what this node
 * knows, so that they hear at once why not; and once more, for good, by the log.
 */
export class RoomTalk {
  /** In slow mode, by name as compared: when someone wrote what is not in the log yet. */
  readonly #underWayAtMs = new Map<string, number>();

  constructor(private readonly around: TalkSurroundings) {}

  speak({ kind, member, text }: SpeakMessage): void {
    const { seats, writer, now, document } = this.around;
    if (!seats.has(member.origin)) {
      tell(member, texts.notInRoom, now());
      return;
    }
    const room = document();
    // Whether a topic may be set, its document has decided.
    const refusal =
      room === undefined || kind === 'topic' ? undefined : this.#refusal(room, member);
    if (refusal !== undefined) {
      tell(member, refusal, now());
      return;
    }
    const paceMs = room && paceOf(room, member.person);
    if (paceMs !== undefined && kind !== 'topic') {
      this.#underWayAtMs.set(nameKey(member.name), now());
    }
    writer.happen(kind, member, text, {
      ...(room?.revision !== undefined && { revision: room.revision }),
      ...(paceMs !== undefined && kind !== 'topic' && { paceMs }),
    });
  }

  /** An event is in the log, or will not be. */
  arrived({ by }: RoomEvent): void {
    if (this.#underWayAtMs.size > 0) this.#underWayAtMs.delete(nameKey(by));
  }

  /** A line is in the log, but not to be seen: its author is told. */
  withheld(logged: RoomEvent, member: Member): void {
    const room = this.around.document();
    if (room === undefined || !isOwnWords(logged)) return;
    const line = this.#refusal(room, member) ?? texts.roomLineFailed;
    tell(member, line, this.around.now());
  }

  /** Why someone may not write just now, and until when. */
  #refusal(room: Room, { person }: Member): string | undefined {
    const nowMs = this.around.now();
    const shown = this.around.name();
    const mute = muteOn(room, person, nowMs);
    if (mute !== undefined) {
      return texts.muted(shown, texts.end(mute.untilMs, nowMs), mute.reason);
    }
    const paceMs = paceOf(room, person);
    if (paceMs === undefined) return undefined;
    const lastMs = Math.max(
      this.around.log().lastLineAtMs(person.name),
      this.#underWayAtMs.get(nameKey(person.name)) ?? -Infinity,
    );
    const leftMs = lastMs + paceMs - nowMs;
    return leftMs > 0 ? texts.slowWait(shown, leftMs) : undefined;
  }
}

/** Shows all who have a seat a line that the log has not. */
export function tellAll(seats: Seats, line: string, nowMs: number): void {
  for (const { member } of seats.values()) tell(member, line, nowMs);
}

/** Shows a member a line that is for nobody else. */
export function tell({ display }: Member, line: string, nowMs: number): void {
  display.show(line, nowMs);
  display.flush();
}
